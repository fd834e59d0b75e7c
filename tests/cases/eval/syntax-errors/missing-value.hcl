x =
target "default" {}
