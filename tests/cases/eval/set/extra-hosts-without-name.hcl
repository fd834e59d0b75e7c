# $ print --set default.extra-hosts=x
target "default" {}
