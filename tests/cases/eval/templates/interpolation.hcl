variable "V" {
  default = "1.2"
}

target "default" {
  tags = ["app:${V}", "app:${upper("x")}-${V}", "${"nested ${"deeper ${V}"}"}", "${V}${V}", "a${""}b"]
  args = { number = "n=${1.50}", bool = "b=${true}", expression = "${1 + 2}x", brace = "${{ a = "b" }.a}!" }
}
