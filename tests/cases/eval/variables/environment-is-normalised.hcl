# $ v=é print
variable "v" {
  default = ""
}

target "default" {
  args = { n = strlen(v), same = v == "é", runes = length(split("", v)), v = v }
}
