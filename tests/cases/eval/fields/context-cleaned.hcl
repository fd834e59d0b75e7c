# $ print a b c d e f g h
target "a" {
  context = "./a/../b/"
}

target "b" {
  context = ""
}

target "c" {
  context = "/abs//x/./y/.."
}

target "d" {
  context = "../up/"
}

target "e" {
  context = "./"
}

target "f" {
  context = "a//b/../../.."
}

target "g" {
  context = "/.."
}

target "h" {
  context = "with space/"
}
