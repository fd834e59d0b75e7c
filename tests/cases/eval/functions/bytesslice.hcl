target "default" {
  args = { a = bytesslice("abc", 0, 1) }
}
