target "a" {
  context = "a"
  args    = { who = "a", a = 1 }
  tags    = ["a"]
}

target "b" {
  context = "b"
  args    = { who = "b", b = 1 }
}

target "default" {
  inherits = ["a", "b"]
}
