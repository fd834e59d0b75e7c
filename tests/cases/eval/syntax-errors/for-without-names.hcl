x = [for]
target "default" {}
