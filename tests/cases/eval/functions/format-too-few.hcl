target "default" {
  args = { a = format("%s %s", "a") }
}
