# $ print a b c d
target "a" {
  pull = "true"
}

target "b" {
  pull = "0"
}

target "c" {
  pull = "1"
}

target "d" {
  pull = "false"
}
