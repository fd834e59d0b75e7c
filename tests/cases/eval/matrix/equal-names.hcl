# place: 3 the name, not the target
target "app" {
  name   = "x"
  matrix = { v = ["a", "b"] }
}
