target "a" {
  args = { who = "a" }
}

target "b" {
  args = { who = "b" }
}

target "default" {
  inherits = ["a", "b", "a"]
}
