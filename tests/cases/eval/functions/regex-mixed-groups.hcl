target "default" {
  args = { a = jsonencode(regex("(a)(?P<b>b)", "ab")) }
}
