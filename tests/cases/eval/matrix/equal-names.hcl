target "app" {
  name   = "x"
  matrix = { v = ["a", "b"] }
}
