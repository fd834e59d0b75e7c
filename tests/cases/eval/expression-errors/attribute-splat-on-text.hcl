target "default" {
  args = { a = jsonencode("x"[*].b) }
}
