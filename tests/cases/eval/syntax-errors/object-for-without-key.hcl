x = {for a in []: a}
target "default" {}
