# $ print --set default.contexts=x
target "default" {}
