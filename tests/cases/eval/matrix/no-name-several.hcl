# place: 3 the matrix, not the target
target "app" {
  matrix = { v = ["a", "b"] }
}
