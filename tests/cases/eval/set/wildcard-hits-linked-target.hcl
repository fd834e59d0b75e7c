# $ print --set '*.platform=linux/arm64'
target "base" {}

target "default" {
  contexts = { base = "target:base" }
}
