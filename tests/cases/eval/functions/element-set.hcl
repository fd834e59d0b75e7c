target "default" {
  args = { a = element(setunion(["a"], ["b"]), 0) }
}
