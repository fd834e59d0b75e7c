target "default" {
  args = { a = byteslen("abc") }
}
