# $ l_JSON='["b"]' print
variable "l" {
  default = ["a"]
}

target "default" {
  tags = l
}
