variable "A" {
  default = "a"
  validation {
    condition     = A == "x"
    error_message = "A must be x"
  }
  validation {
    condition     = A == "y"
    error_message = "A must be y"
  }
}

target "default" {}
