x = a.
target "default" {}
