target "default" {
  cache-from = ["a,b", "c"]
}
