target "default" {
  args = { file = "other" }
}
