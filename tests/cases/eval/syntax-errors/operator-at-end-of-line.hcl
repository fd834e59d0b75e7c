x = 1 +
2
target "default" {}
