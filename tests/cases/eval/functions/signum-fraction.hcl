target "default" {
  args = { a = signum(1.5) }
}
