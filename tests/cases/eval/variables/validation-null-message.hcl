variable "A" {
  default = "a"
  validation {
    condition     = A == "b"
    error_message = null
  }
}

target "default" {}
