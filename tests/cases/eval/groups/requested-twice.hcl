# $ print a a b a
target "a" {}

target "b" {}
