target "base" {
  context    = "src"
  dockerfile = "Dockerfile.base"
  args       = { A = "base", B = "base" }
  tags       = ["base"]
}

target "default" {
  inherits = ["base"]
  args     = { B = "own", C = "own" }
}
