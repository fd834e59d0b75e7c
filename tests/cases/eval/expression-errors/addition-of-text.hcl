x = 1 + "z"
target "default" {}
