variable "A" {
  default = "x"
}

variable "TAG" {
  description = "like ${A}"
}

target "default" {}
