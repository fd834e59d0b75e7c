target "default" {
  args = { a = cidrhost("10.0.0.0/30", 5) }
}
