x = 1e
target "default" {}
