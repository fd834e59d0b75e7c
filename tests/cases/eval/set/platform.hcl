# $ print --set default.platform=linux/arm64
# $ print --set default.platform+=linux/arm64
# $ print --set default.platform=linux/arm64,linux/386
# $ print --set default.platform=
target "default" {
  platforms = ["linux/amd64"]
}
