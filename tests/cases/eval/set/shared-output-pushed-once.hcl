# $ print --set a.push=true a
target "base" {
  output = ["type=image,name=x"]
}

target "a" {
  inherits = ["base"]
}
