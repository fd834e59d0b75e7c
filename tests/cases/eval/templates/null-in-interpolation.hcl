target "default" {
  args = { a = "x${null}" }
}
