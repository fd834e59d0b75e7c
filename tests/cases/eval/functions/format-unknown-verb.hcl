target "default" {
  args = { a = format("%z", 1) }
}
