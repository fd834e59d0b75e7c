# $ print b 'a*' a
target "a" {}

target "ab" {}

target "b" {}
