x = "\u12"
target "default" {}
