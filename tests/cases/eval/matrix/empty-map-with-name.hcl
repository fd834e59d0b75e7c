target "default" {
  name   = "other"
  matrix = {}
}
