x = nope
target "default" {}
