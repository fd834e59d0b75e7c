# $ print --set default.platforms=linux/arm64
target "default" {}
