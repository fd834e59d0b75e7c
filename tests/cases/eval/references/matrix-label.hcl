target "m" {
  name    = "m-${v}"
  matrix  = { v = ["a"] }
  context = v
}

target "default" {
  args = { a = target.m.context }
}
