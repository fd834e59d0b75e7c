# $ print --push --set 'default.output=type=local,dest=o'
# $ print --no-cache --set default.no-cache=false
target "default" {}
