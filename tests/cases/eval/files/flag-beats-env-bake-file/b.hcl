target "default" {
  args = { b = 1 }
}
