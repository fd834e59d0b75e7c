x = true ? 1
target "default" {}
