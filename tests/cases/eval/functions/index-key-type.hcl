target "default" {
  args = { a = index(["a"], "0") }
}
