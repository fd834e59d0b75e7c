target "default" {
  args = { a = format("%s", null) }
}
