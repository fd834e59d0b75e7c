target "default" {
  args = { a = upper(null) }
}
