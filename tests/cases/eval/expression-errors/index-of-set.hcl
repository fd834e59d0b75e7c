target "default" {
  args = { a = setunion(["a"], ["b"])[0] }
}
