x = {}.*.a
target "default" {}
