x = 1_000
target "default" {}
