variable "x" {
  default = "1"
  validation "a" {
    condition = true
    error_message = "no"
  }
}
target "default" {}
