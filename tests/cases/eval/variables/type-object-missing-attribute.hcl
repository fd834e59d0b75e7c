variable "x" {
  type    = object({ a = string, b = number })
  default = { a = "x" }
}

target "default" {}
