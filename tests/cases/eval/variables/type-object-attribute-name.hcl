variable "x" {
  type = object({ "a b" = string })
}

target "default" {}
