# $ print --set default.push=true --set default.push=false
# $ print --set default.load=true --set default.load=false
target "default" {
  output = ["type=image"]
}
