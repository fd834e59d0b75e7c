# $ print
# $ s=x print
variable "s" {
  type = string
}

target "default" {
  args = { is_null = s == null }
}
