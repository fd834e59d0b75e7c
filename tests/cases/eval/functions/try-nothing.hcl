target "default" {
  args = { a = try() }
}
