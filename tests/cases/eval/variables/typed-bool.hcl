# $ print
# $ b=t print
# $ b=False print
# $ b=maybe print
# $ b_JSON=true print
# $ b_JSON='"true"' print
# $ b_JSON=1 print
variable "b" {
  type    = bool
  default = "true"
}

target "default" {
  args = { b = b }
}
