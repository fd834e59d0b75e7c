x = 1 y = 2
target "default" {}
