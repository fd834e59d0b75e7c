target "default" {
  args = { a = format("%s", "a", "b") }
}
