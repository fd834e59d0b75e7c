x = “a”
target "default" {}
