target "default" {
  args = { a = join(",", ["a", null]) }
}
