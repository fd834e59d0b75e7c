# place: 3 the matrix, not the target
target "default" {
  matrix = null
}
