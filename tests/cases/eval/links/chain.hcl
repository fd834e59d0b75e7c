# $ print c
target "a" {
  output = ["type=docker"]
}

target "b" {
  contexts = { a = "target:a" }
}

target "c" {
  contexts = { b = "target:b" }
}
