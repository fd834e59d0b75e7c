variable "x" {
  type = string(number)
}

target "default" {}
