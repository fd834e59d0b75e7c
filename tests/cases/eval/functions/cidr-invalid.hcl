target "default" {
  args = { a = cidrnetmask("10.0.0.0") }
}
