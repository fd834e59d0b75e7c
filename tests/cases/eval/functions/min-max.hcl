target "default" {
  args = { a = min(3, 1, 2), b = max(3, 1, 2), c = min(1), d = max("10", 9), e = min([4, 2]...), f = max(-1, -0.5) }
}
