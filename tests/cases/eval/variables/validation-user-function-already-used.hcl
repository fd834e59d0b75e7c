function "lowered" {
  params = [v]
  result = lower(v)
}

variable "A" {
  default = lowered("A")
  validation {
    condition     = lowered(A) == "a"
    error_message = "m"
  }
}

target "default" {
  tags = [A]
}
