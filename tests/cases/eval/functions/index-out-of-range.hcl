target "default" {
  args = { a = index(["a", "b"], 2) }
}
