variable "A" {
  default = 1
  validation {
    condition     = A
    error_message = "m"
  }
}

target "default" {}
