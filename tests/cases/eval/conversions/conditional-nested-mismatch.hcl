target "default" {
  args = { a = jsonencode(true ? [1] : [[1]]) }
}
