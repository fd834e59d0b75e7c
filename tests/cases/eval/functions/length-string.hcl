target "default" {
  args = { a = length("abc") }
}
