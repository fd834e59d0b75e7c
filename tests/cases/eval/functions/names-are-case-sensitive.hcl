target "default" {
  args = { a = Upper("x") }
}
