target "default" {
  args = { a = jsonencode(convert([1, "2"], tuple([string, number]))) }
}
