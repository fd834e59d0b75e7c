target "default" {
  args = { a = log(8, 2), b = log(100, 10), c = log(0, 10), d = log(10, 10) }
}
