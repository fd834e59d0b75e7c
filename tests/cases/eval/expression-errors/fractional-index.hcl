x = [1][0.5]
target "default" {}
