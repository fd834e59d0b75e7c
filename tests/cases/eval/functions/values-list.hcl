target "default" {
  args = { a = jsonencode(values(["a"])) }
}
