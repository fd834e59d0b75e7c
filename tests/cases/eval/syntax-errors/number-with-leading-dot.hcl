x = .5
target "default" {}
