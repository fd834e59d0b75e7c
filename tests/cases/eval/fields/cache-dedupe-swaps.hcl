target "default" {
  cache-from = ["a", "a", "b", "c"]
}
