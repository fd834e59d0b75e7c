target "default" {
  name   = "t-${target}"
  matrix = { target = ["x"] }
}
