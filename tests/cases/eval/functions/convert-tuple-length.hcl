target "default" {
  args = { a = jsonencode(convert([1], tuple([string, number]))) }
}
