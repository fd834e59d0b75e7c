# $ print --set 'a\*.tags=x' a b
# $ print --set '[!a].tags=x' a b
target "a" {}

target "b" {}
