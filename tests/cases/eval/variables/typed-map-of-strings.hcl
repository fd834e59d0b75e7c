# $ m='a:"x:y",b:2' print
# $ m='a:1,a:2' print
variable "m" {
  type    = map(string)
  default = {}
}

target "default" {
  args = m
}
