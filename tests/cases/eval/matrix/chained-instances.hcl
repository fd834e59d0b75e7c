target "default" {
  name     = v
  matrix   = { v = ["first", "second"] }
  contexts = { before = v == "second" ? "target:first" : "docker-image://alpine" }
}
