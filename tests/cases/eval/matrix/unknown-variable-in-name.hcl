target "default" {
  name   = "app-${w}"
  matrix = { v = ["a"] }
}
