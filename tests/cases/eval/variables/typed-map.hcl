# $ print
# $ m=x:1,y:2.50 print
# $ m=a:b:c print
# $ m=a print
# $ m= print
# $ m='"k:1",z:2' print
# $ m=x:1 m_JSON='{"z":3}' print
variable "m" {
  type    = map(number)
  default = { a = 1 }
}

target "default" {
  args = m
}
