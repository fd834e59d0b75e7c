x = [for a in []: a b]
target "default" {}
