target "x" {} target "y" {}
target "default" {}
