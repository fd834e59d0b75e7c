target "default" {
  args = { file = "default" }
}
