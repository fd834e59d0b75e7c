# $ print ''
target "default" {}
