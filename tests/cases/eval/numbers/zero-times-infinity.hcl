target "default" {
  args = { a = 0 * (1 / 0) }
}
