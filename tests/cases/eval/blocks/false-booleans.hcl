target "default" {
  pull     = false
  no-cache = false
}
