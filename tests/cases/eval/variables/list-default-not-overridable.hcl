# $ print
# $ l=b print
variable "l" {
  default = ["a"]
}

target "default" {
  tags = l
}
