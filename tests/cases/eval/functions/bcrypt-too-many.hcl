target "default" {
  args = { a = bcrypt("x", 4, 5) }
}
