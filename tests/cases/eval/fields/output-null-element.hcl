# differs: buildx crashes
target "default" {
  output = [null]
}
