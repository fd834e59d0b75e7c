target "default" {
  cache-from = [5]
}
