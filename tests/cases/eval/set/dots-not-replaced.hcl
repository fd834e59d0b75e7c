# $ print --set a.b.tags=x a_b
target "a_b" {}
