x = {a}
target "default" {}
