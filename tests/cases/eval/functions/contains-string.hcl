target "default" {
  args = { a = contains("abc", "b") }
}
