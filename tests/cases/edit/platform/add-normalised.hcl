# $ platform add linux/arm64/v8 app
target "app" {
  platforms = ["linux/amd64", "linux/arm64"]
}
