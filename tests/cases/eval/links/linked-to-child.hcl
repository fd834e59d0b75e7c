# $ print a
target "a" {
  contexts = { b = "target:b" }
}

target "b" {
  inherits = ["a"]
}
