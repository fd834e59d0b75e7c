# $ print a b c
target "a" {
  inherits = ["b"]
  args     = { who = "a", a = 1 }
}

target "b" {
  inherits = ["c"]
  args     = { who = "b", b = 1 }
}

target "c" {
  inherits = ["a"]
  args     = { who = "c", c = 1 }
}
