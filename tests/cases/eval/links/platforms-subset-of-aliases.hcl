target "b" {
  platforms = ["linux/amd64", "linux/arm64", "linux/arm/v7"]
}

target "default" {
  platforms = ["linux/x86_64", "linux/aarch64"]
  contexts  = { b = "target:b" }
}
