# $ print a b c
target "a" {
  output = ["dest=x"]
}

target "b" {
  output = ["-"]
}

target "c" {
  output = ["some dir"]
}
