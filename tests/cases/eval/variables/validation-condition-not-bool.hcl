variable "A" {
  default = "a"
  validation {
    condition     = A
    error_message = "m"
  }
}

target "default" {}
