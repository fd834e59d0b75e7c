target "default" {
  args = { a = regex("a(?=b)", "ab") }
}
