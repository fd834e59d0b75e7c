target "default" {
  args = { a = -null }
}
