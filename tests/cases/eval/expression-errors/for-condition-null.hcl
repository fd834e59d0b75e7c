x = [for a in [1]: a if null]
target "default" {}
