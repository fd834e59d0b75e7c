x = [for a]
target "default" {}
