target "default" {
  args = convert({ a = 1, b = true }, map(string))
}
