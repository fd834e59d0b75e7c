x = [for a in "s": a]
target "default" {}
