x = null[0]
target "default" {}
