variable "A" {
  default = "true"
  validation {
    condition     = A
    error_message = "m"
  }
}

target "default" {}
