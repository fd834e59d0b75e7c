# $ print --set default.push=true --set default.push=false
# $ print --push --set default.output=type=docker
# $ print --push --set default.output+=type=docker
target "default" {
  output = ["type=image"]
}
