target "default" {
  name   = "t-${v}"
  matrix = { v = setunion(["b", "a"], ["a"]) }
}
