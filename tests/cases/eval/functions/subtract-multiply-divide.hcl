target "default" {
  args = { a = subtract(1, 2), b = multiply(3, "4"), c = divide(1, 8), d = divide(1, 0) }
}
