# $ o=b print
variable "o" {
  default = { a = 1 }
}

target "default" {
  args = o
}
