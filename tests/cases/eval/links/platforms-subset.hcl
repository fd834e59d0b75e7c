target "b" {
  platforms = ["linux/amd64", "linux/arm64", "linux/arm/v7"]
}

target "default" {
  platforms = ["linux/arm/v7", "linux/amd64"]
  contexts  = { b = "target:b" }
}
