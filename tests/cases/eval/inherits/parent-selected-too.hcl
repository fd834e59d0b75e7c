# $ print base child
target "base" {
  tags = ["base"]
  args = { A = 1 }
}

target "child" {
  inherits = ["base"]
  args     = { B = 1 }
}
