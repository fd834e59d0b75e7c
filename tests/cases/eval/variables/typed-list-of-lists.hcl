# $ print
# $ l=a print
# $ l_JSON='[["x"],[]]' print
variable "l" {
  type    = list(list(string))
  default = [["a", "b"]]
}

target "default" {
  args = { l = jsonencode(l) }
}
