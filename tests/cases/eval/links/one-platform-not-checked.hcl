target "b" {
  platforms = ["linux/amd64"]
}

target "default" {
  platforms = ["linux/arm64", "linux/386"]
  contexts  = { b = "target:b" }
}
