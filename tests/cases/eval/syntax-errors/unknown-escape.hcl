x = "\a"
target "default" {}
