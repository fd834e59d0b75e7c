# $ PORT=80 print
variable "PORT" {
  type    = number
  default = 8080
  validation {
    condition     = PORT > 1024
    error_message = "PORT must be above 1024, not ${PORT}"
  }
}

target "default" {}
