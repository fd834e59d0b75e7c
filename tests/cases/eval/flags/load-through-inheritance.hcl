# $ print --load
target "base" {
  output = ["type=image"]
}

target "default" {
  inherits = ["base"]
}
