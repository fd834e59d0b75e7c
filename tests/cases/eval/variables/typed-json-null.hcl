# $ l_JSON=null print
# $ l_JSON='["a",null]' print
variable "l" {
  type    = list(string)
  default = ["d"]
}

target "default" {
  args = { l = jsonencode(l) }
}
