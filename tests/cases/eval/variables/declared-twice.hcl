variable "a" {
  default = "first"
}

variable "a" {
  default = "second"
}

target "default" {
  tags = [a]
}
