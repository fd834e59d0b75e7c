# differs: buildx crashes
variable "A" {
  default = "a"
  validation {
    condition     = A == "b"
    error_message = ["m"]
  }
}

target "default" {}
