# $ print a b c
target "a" {
  tags = [1, true, "x", 1.50]
}

target "b" {
  tags = setunion(["b", "a"], ["c"])
}

target "c" {
  tags = convert(["x", "y"], list(string))
}
