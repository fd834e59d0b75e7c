target "default" {
  name   = "t-${v}"
  matrix = { v = { b = "second", a = "first" } }
  args   = { V = v }
}
