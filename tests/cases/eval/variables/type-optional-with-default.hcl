variable "x" {
  type = object({ a = optional(string, "d") })
}

target "default" {}
