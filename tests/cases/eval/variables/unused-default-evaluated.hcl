variable "unused" {
  default = upper()
}

target "default" {}
