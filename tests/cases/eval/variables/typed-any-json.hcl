# $ a_JSON='{"type":"number","value":5}' print
# $ a_JSON='{"value":["x",1],"type":["tuple",["string","number"]]}' print
# $ a_JSON='"x"' print
variable "a" {
  type    = any
  default = true
}

target "default" {
  args = { a = jsonencode(a) }
}
