# $ print a
target "a" {
  contexts = { x = "target:b" }
}

target "b" {
  contexts = { x = "target:a" }
}
