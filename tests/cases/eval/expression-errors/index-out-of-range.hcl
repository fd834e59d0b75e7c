x = [1][5]
target "default" {}
