variable "x" {
  type = list(strnig)
}

target "default" {}
