variable "x" {
  type = list(string, number)
}

target "default" {}
