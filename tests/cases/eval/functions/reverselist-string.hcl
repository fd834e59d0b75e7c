target "default" {
  args = { a = jsonencode(reverselist("ab")) }
}
