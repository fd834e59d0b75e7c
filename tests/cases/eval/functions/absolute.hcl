target "default" {
  args = { a = absolute(-5), b = absolute(1.50), c = absolute("-2"), d = absolute(0) }
}
