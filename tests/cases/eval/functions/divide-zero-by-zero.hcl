target "default" {
  args = { a = divide(0, 0) }
}
