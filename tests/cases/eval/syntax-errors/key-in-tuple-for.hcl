x = [for a in []: a => a]
target "default" {}
