target "default" {
  args = { a = convert("x", "string") }
}
