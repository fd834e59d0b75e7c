variable "x" {
  type = strin
}

target "default" {}
