x = 2 ** 3
target "default" {}
