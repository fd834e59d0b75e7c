target "default" {
  platforms = ["LINUX/AMD64", "linux/amd64/v2", "darwin", "arm64", "windows(10.0.17763)/amd64"]
}
