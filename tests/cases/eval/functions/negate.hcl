target "default" {
  args = { a = negate(5), b = negate(-1.5), c = negate("2"), d = negate(0) }
}
