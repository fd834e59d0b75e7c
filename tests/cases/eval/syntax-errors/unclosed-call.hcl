x = upper("a"
target "default" {}
