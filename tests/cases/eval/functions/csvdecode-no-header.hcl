target "default" {
  args = { a = jsonencode(csvdecode("")) }
}
