target "release" {
  inherits  = ["app"]
  platforms = ["linux/amd64", "linux/arm64"]
}
