x = null ? 1 : 2
target "default" {}
