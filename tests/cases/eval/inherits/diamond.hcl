target "root" {
  args = { r = "root" }
}

target "a" {
  inherits = ["root"]
  args     = { r = "a" }
}

target "b" {
  inherits = ["root"]
}

target "default" {
  inherits = ["a", "b"]
}
