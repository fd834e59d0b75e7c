target "default" {
  name   = "t-${v}"
  matrix = { v = [1, "a", true] }
  args   = { V = jsonencode(v) }
}
