target "default" {
  args = { a = jsonencode(flatten("x")) }
}
