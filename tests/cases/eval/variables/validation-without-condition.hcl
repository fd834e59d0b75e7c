variable "A" {
  default = "a"
  validation {
    error_message = "m"
  }
}

target "default" {}
