target "default" {
  args = { a = modulo(7, 3), b = modulo(-7, 3), c = modulo(7, -3), d = modulo(5.5, 2), e = modulo(5, 0) }
}
