target "default" {
  args = { a = format("%x", "abc") }
}
