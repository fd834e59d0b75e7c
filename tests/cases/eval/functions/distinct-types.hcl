target "default" {
  args = { a = jsonencode(distinct([1, true])) }
}
