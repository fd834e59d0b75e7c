x = 1e5e5
target "default" {}
