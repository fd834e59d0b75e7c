target "default" {
  args = { a = jsonencode(convert([1, true], list(any))) }
}
