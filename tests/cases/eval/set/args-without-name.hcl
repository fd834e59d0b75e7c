# $ print --set default.args=1
target "default" {}
