target "default" {
  name = "x"
}
