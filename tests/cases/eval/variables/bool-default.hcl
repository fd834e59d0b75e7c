# $ print
# $ b=1 print
# $ b=T print
# $ b=FALSE print
# $ b=yes print
# $ b= print
variable "b" {
  default = true
}

target "default" {
  args = { b = b, not = !b }
}
