target "default" {
  args = { a = cidrsubnet("10.0.0.0/24", 16, 1) }
}
