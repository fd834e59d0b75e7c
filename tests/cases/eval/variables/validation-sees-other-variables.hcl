# $ print
# $ MIN=9 print
variable "MIN" {
  default = 1
}

variable "MAX" {
  default = 5
  validation {
    condition     = MIN <= MAX
    error_message = "MIN (${MIN}) must not be above MAX (${MAX})"
  }
}

target "default" {}
