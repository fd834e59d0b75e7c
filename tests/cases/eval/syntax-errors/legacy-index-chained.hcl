x = a.0.1
target "default" {}
