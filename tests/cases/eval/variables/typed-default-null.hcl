# $ print
# $ s=x print
variable "s" {
  type    = string
  default = null
}

target "default" {
  args = { s = s, is_null = s == null }
}
