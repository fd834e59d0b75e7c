target "default" {
  args = { a = regex("(", "ab") }
}
