# $ s_JSON='"b"' print
# $ s=c s_JSON='"b"' print
variable "s" {
  default = "a"
}

target "default" {
  args = { s = s }
}
