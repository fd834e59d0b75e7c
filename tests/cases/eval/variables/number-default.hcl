# $ print
# $ n=7 print
# $ n=0.1 print
# $ n=1e3 print
# $ n=0x1p4 print
# $ n=abc print
# $ n= print
# $ n=Inf print
variable "n" {
  default = 5
}

target "default" {
  args = { n = n, next = n + 1 }
}
