variable "x" {
  type = foo(string)
}

target "default" {}
