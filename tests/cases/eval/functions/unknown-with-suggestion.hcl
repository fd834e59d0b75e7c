target "default" {
  args = { a = uper("abc") }
}
