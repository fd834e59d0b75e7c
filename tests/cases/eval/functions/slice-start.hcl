target "default" {
  args = { a = jsonencode(slice(["a", "b"], 2, 1)) }
}
