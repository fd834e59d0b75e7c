target "default" {
  args = { a = pow(2, 10), b = pow(2, -1), c = pow(0, 0), d = pow(2, 0.5), e = pow(2, 64), f = pow(10, 21) }
}
