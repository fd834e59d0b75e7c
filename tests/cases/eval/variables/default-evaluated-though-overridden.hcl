# $ x=1 print
variable "x" {
  default = nope
}

target "default" {}
