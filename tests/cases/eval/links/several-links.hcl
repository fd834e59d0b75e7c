# $ print a
target "a" {
  contexts = { b = "target:b", c = "target:c" }
}

target "b" {
  contexts = { c = "target:c" }
  tags     = ["b"]
}

target "c" {
  output = ["type=docker"]
}
