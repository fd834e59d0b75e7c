target "default" {
  args = { a = and(true, 1) }
}
