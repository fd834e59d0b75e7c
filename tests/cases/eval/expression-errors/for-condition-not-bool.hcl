x = [for a in [1]: a if "z"]
target "default" {}
