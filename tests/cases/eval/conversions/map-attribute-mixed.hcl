target "default" {
  args = { a = 1, b = "x", c = true, d = null }
}
