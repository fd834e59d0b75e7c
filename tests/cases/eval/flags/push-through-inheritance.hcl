# $ print --push
target "base" {
  output = ["type=docker"]
}

target "default" {
  inherits = ["base"]
}
