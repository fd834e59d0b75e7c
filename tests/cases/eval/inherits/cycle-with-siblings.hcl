target "a" {
  inherits = ["default", "a"]
  args     = { a = 1, who = "a" }
}

target "b" {
  inherits = ["default"]
  args     = { b = 1, who = "b" }
}

target "default" {
  inherits = ["a", "b"]
  args     = { own = 1 }
}
