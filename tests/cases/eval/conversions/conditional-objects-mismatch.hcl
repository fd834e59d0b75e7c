target "default" {
  args = { a = true ? { a = 1 } : { b = [2] } }
}
