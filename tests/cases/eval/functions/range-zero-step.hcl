target "default" {
  args = { a = join(",", range(1, 5, 0)) }
}
