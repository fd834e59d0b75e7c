x
target "default" {}
