x = "s".a
target "default" {}
