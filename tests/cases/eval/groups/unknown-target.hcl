# $ print zz
target "default" {}
