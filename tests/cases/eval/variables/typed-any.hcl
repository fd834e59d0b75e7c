# $ print
# $ a_JSON='{"k":[1,true]}' print
# $ a=x print
variable "a" {
  type    = any
  default = [1, "x"]
}

target "default" {
  args = { a = jsonencode(a) }
}
