target "default" {
  matrix = ["a"]
}
