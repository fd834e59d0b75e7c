# $ s_JSON=x print
variable "s" {
  type    = string
  default = "a"
}

variable "s_JSON" {
  default = "b"
}

target "default" {
  args = { s = s, j = s_JSON }
}
