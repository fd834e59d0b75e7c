target "a" {
  inherits = ["default"]
  tags     = ["a"]
}

target "default" {
  inherits = ["a"]
  args     = { x = 1 }
}
