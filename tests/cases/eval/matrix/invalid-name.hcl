# place: 3 the name, not the target
target "default" {
  name   = "app-${v}"
  matrix = { v = ["1.0"] }
}
