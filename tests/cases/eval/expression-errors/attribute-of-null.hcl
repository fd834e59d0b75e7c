x = null.a
target "default" {}
