target "default" {
  args = { a = jsonencode(slice(["a"], 0, 2)) }
}
