target "default" {
  args = { a = parseint("12", 2) }
}
