target "default" {
  args = { a = signum(5), b = signum(-5), c = signum(0) }
}
