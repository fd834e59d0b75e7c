target "default" {
  context = "src"
}
