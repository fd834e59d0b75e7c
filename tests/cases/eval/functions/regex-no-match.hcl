target "default" {
  args = { a = regex("x", "abc") }
}
