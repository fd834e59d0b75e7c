# $ m=a: print
# $ m=:1 print
# $ m='"a":1' print
# $ m='"a,b:1"' print
# $ m='a :1' print
variable "m" {
  type = map(string)
}

target "default" {
  args = { m = jsonencode(m) }
}
