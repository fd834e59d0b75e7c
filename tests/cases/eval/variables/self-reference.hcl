variable "a" {
  default = "${a}x"
}

target "default" {}
