target "default" {
  args = { a = startswith("abc", "a") }
}
