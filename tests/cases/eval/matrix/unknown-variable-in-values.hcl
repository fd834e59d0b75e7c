target "default" {
  name   = "app-${v}"
  matrix = { v = [nope] }
}
