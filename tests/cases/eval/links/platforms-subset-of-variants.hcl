target "b" {
  platforms = ["linux/arm64/v8", "linux/arm"]
}

target "default" {
  platforms = ["linux/arm64", "linux/arm/v7"]
  contexts  = { b = "target:b" }
}
