target "default" {
  args = { a = jsonencode(chunklist(["a"], -1)) }
}
