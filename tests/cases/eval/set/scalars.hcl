# $ print --set default.context=./b/ --set default.dockerfile=D --set default.target=t --set default.shm-size=64m --set default.call=check
# $ print --set default.context= --set default.dockerfile= --set default.target=
# $ print --set default.target=a --set default.target=b
target "default" {
  context    = "a"
  dockerfile = "Dockerfile.a"
}
