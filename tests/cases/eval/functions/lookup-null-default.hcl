target "default" {
  args = { a = lookup({ a = 1 }, "z", null) }
}
