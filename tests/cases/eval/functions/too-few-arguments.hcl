target "default" {
  args = { a = replace("x", "y") }
}
