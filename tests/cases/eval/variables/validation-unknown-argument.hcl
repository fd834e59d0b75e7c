variable "A" {
  default = "a"
  validation {
    condition     = true
    error_mesage  = "m"
  }
}

target "default" {}
