variable "x" {
  type = 5
}

target "default" {}
