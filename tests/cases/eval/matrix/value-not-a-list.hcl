target "default" {
  matrix = { v = "a" }
}
