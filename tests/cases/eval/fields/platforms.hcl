target "default" {
  platforms = ["linux/arm64", "linux/amd64", "linux/arm64", "", "local", "linux/arm/v7", "linux/aarch64"]
}
