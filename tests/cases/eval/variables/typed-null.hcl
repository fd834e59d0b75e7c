# $ print
# $ v=5 print
variable "v" {
  type    = null
  default = "x"
}

target "default" {
  args = { v = v }
}
