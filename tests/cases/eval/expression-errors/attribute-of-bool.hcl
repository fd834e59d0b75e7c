x = true.a
target "default" {}
