target "default" {
  args = { a = jsonencode(formatlist("%s:%s", ["a", "b"], ["1"])) }
}
