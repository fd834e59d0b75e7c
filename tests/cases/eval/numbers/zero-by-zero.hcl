target "default" {
  args = { a = 0 / 0 }
}
