variable "x" {
  type = foo.bar
}

target "default" {}
