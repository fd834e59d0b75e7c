variable "o" {
  type = object({
    a = optional(string)
    b = optional(object({ c = optional(number) }))
  })
  default = { b = {} }
}

target "default" {
  args = { o = jsonencode(o) }
}
