variable "x" {
  type    = number
  default = "abc"
}

target "default" {}
