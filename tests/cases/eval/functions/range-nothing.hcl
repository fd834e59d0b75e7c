target "default" {
  args = { a = join(",", range()) }
}
