target "base" {
  tags      = ["a", "b"]
  platforms = ["linux/amd64", "linux/arm64"]
  output    = ["type=docker"]
  cache-to  = ["type=gha"]
}

target "default" {
  inherits  = ["base"]
  tags      = ["c"]
  platforms = ["linux/386"]
  output    = ["type=registry"]
  cache-to  = ["type=inline"]
}
