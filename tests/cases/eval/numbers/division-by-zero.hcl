target "default" {
  args = { plus = 1 / 0, minus = -1 / 0 }
}
