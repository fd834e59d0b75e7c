# $ l=3,1.50,2 print
# $ l=3,x print
variable "l" {
  type = list(number)
}

target "default" {
  args = { sum = join("+", l), first = l[0] + 1 }
}
