target "default" {
  cache-from = ["a", "b", "a", "c", "b", "d", "a"]
}
