# place: 3 the name, not the target
target "default" {
  name = "x"
}
