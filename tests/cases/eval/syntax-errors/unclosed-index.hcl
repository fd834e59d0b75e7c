x = a[0
target "default" {}
