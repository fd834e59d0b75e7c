# $ print --push=false
target "default" {
  output = ["type=registry"]
}
