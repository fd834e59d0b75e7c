# $ print
# $ s='a "b", c' print
# $ s= print
# $ s_JSON='"from json"' print
# $ s=plain s_JSON='"json wins"' print
# $ s_JSON=5 print
variable "s" {
  type    = string
  default = "d"
}

target "default" {
  args = { s = s }
}
