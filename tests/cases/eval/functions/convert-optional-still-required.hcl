target "default" {
  args = { a = jsonencode(convert({}, object({ b = optional(string) }))) }
}
