target "default" {
  args = { a = jsonencode(keys(["a"])) }
}
