target "default" {
  args = { a = convert("x", bool) }
}
