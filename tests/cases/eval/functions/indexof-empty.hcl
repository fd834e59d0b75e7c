target "default" {
  args = { a = indexof([], 1) }
}
