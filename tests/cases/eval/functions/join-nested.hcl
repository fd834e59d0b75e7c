target "default" {
  args = { a = join(",", [["a"]]) }
}
