x = !"z"
target "default" {}
