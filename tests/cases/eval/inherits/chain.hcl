target "a" {
  args   = { a = "a", b = "a", c = "a" }
  target = "a"
}

target "b" {
  inherits = ["a"]
  args     = { b = "b", c = "b" }
}

target "default" {
  inherits = ["b"]
  args     = { c = "c" }
}
