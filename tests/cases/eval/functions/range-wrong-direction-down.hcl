target "default" {
  args = { a = join(",", range(2, 5, -1)) }
}
