variable "A" {
  default = "a"
  validation {
    condition     = null
    error_message = "m"
  }
}

target "default" {}
