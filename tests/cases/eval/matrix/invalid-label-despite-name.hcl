target "a.b" {
  name   = "app-${v}"
  matrix = { v = ["x"] }
}
