variable "A" {
  default = "a"
  validation {
    condition     = true
    error_message = "m"
    nested {}
  }
}

target "default" {}
