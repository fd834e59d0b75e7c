function "is_ok" {
  params = [v]
  result = v == "a"
}

variable "A" {
  default = "a"
  validation {
    condition     = is_ok(A)
    error_message = "m"
  }
}

target "default" {}
