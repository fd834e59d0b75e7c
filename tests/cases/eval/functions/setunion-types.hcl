target "default" {
  args = { a = jsonencode(setunion([1], [true])) }
}
