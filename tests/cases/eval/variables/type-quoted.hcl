variable "x" {
  type = "string"
}

target "default" {}
