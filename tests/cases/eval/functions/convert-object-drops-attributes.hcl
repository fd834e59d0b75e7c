target "default" {
  args = { a = jsonencode(convert({ a = 1, b = 2 }, object({ a = string }))) }
}
