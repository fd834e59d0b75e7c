variable "n" {
  default = null
}

target "default" {
  tags = "${["a", "b"]}"
  args = { x = "${n}", y = "${1 == 1}", z = jsonencode("${5}"), text = jsonencode("${5}.") }
}
