target "default" {
  args = { a = jsonencode(csvdecode("a,b\n1")) }
}
