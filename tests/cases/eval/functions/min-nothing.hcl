target "default" {
  args = { a = min() }
}
