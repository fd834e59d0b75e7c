target "default" {
  args = { a = 1 == 1 < 2 && "x" }
}
