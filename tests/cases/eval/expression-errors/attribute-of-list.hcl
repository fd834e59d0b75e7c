x = [1].a
target "default" {}
