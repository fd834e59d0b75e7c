target "default" {
  args = { a = index({ a = 1 }, "a") }
}
