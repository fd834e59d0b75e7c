target "default" {
  matrix = { v = null }
}
