# $ print --set default.output=type=docker
# $ print --set default.output+=type=docker
# $ print --set default.output=type=local,dest=a --set default.output=type=image,name=x
# $ print --set default.output=./out
# $ print --set default.output=
# $ print --set default.output=push=true,name=x
target "default" {
  output = ["type=cacheonly"]
}
