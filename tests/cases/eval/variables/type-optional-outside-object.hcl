variable "x" {
  type = optional(string)
}

target "default" {}
