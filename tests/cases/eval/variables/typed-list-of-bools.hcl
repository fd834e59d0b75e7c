# $ l=true,false print
# $ l=1,f print
variable "l" {
  type    = list(bool)
  default = []
}

target "default" {
  args = { l = jsonencode(l) }
}
