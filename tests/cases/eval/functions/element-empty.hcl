target "default" {
  args = { a = element([], 0) }
}
