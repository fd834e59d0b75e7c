target "default" {
  args = { a = format("%d", 1.5) }
}
