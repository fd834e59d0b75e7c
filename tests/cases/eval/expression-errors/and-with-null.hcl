x = true && null
target "default" {}
