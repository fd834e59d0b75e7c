# $ print --set default.labels=x
target "default" {}
