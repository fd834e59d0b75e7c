target "default" {
  name   = "t-${v}"
  matrix = { v = ["a", "b"] }
  args   = { A = try(nope, v) }
}
