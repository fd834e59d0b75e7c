target "default" {
  args = { a = length({ a = 1 }) }
}
