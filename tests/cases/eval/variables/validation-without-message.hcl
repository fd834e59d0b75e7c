variable "A" {
  default = "a"
  validation {
    condition = A == "b"
  }
}

target "default" {}
