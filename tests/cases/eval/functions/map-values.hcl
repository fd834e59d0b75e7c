target "default" {
  args = { a = jsonencode(values(convert({ b = 1, a = 2 }, map(string)))) }
}
