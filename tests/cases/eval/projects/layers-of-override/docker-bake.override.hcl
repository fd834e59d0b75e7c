target "default" {
  labels = { env = "override" }
}
