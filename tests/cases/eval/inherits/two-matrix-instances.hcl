target "m" {
  name   = "m-${v}"
  matrix = { v = ["x", "y"] }
  args   = { v = v, "${v}" = 1 }
}

target "default" {
  inherits = ["m-x", "m-y"]
}
