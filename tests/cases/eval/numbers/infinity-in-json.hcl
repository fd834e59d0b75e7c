target "default" {
  args = { a = jsonencode([1 / 0]) }
}
