x = 1 + null
target "default" {}
