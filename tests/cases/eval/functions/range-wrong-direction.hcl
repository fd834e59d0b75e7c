target "default" {
  args = { a = join(",", range(5, 2, 1)) }
}
