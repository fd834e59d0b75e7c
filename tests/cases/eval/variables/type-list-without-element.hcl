variable "x" {
  type = list()
}

target "default" {}
