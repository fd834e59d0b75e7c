target "default" {
  args = { a = add(1, null) }
}
