target "default" {
  context   = "a"
  tags      = ["a"]
  args      = { a = 1, both = "first" }
  platforms = ["linux/amd64"]
  inherits  = ["x"]
}

target "default" {
  dockerfile = "b.Dockerfile"
  tags       = ["b"]
  args       = { b = 1, both = "second" }
  inherits   = ["y"]
}

target "x" {
  labels = { x = 1, who = "x" }
}

target "y" {
  labels = { y = 1, who = "y" }
}
