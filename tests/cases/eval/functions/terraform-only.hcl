target "default" {
  args = { a = tostring(1) }
}
