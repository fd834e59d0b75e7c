target "default" {
  args = { a = jsonencode(convert({ a = 1 }, object({ a = number, b = string }))) }
}
