target "default" {
  args = { a = jsonencode(csvdecode("a,a\n1,2")) }
}
