target "base" {
  name   = "base-${v}"
  matrix = { v = ["a", "b"] }
}

target "default" {
  inherits = ["base"]
}
