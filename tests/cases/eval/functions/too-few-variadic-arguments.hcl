target "default" {
  args = { a = format() }
}
