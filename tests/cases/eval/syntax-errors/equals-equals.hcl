target "default" {
  context == "."
}
