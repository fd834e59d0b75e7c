target "default" {
  args = { a = coalesce(1, true) }
}
