target "default" {
  matrix = null
}
