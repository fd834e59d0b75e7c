# $ print
# $ PLATFORMS=linux/386 print
variable "PLATFORMS" {
  default = "linux/amd64,linux/arm64"
}

target "default" {
  platforms = split(",", PLATFORMS)
}
