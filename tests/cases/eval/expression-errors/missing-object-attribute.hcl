x = {}.a
target "default" {}
