x = -"z"
target "default" {}
