# differs: buildx crashes
target "default" {
  name   = null
  matrix = { v = ["x"] }
}
