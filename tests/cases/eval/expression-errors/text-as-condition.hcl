x = "z" ? 1 : 2
target "default" {}
