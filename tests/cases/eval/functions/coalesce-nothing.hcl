target "default" {
  args = { a = coalesce(null, null) }
}
