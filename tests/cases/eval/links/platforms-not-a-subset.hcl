target "b" {
  platforms = ["linux/amd64", "linux/arm64"]
}

target "default" {
  platforms = ["linux/amd64", "linux/386"]
  contexts  = { b = "target:b" }
}
