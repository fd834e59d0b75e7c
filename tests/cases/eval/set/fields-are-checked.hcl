# $ print --set default.context=-
# $ print --set default.dockerfile=-
# $ print --set default.shm-size=x
# $ print --set default.platform=foo
# $ print --set default.annotations=x
# $ print --set default.output=type=local
target "default" {}
