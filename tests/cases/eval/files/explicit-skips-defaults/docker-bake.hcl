target "default" {
  args = { file = "default", seen = "yes" }
}
