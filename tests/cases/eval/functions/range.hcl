target "default" {
  args = {
    one       = jsonencode(range(3))
    negative  = jsonencode(range(-3))
    two       = jsonencode(range(2, 5))
    backwards = jsonencode(range(5, 2))
    three     = jsonencode(range(0, 10, 4))
    down      = jsonencode(range(3, 0, -1))
    fraction  = jsonencode(range(0, 1, 0.25))
    empty     = jsonencode(range(0))
    same      = jsonencode(range(4, 4, 0))
  }
}
