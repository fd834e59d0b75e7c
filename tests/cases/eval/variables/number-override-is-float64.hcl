# $ n=0.1 print
variable "n" {
  default = 1
}

target "default" {
  args = { a = n, b = n + 0.2 }
}
