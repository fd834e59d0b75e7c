# $ print a b c
target "a" {
  target = 1.50
}

target "b" {
  target = true
}

target "c" {
  target = null
}
