x = {}["a"]
target "default" {}
