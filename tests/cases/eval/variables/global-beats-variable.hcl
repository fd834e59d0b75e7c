# $ print
# $ x=5 print
x = 1

variable "x" {
  default = "zzz"
}

target "default" {
  args = { x = x }
}
