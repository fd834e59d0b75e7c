target "default" {
  context    = "."
  dockerfile = "Dockerfile.dev"
}
