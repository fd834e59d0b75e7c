target "default" {
  args = { a = element(["a", "b"], 0.5) }
}
