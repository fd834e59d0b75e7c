target "default" {
  name   = v + 1
  matrix = { v = [1, 2] }
  args   = { V = v }
}
