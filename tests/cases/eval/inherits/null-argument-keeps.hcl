target "base" {
  args   = { A = "1", B = "2" }
  labels = { A = "1", B = "2" }
}

target "default" {
  inherits = ["base"]
  args     = { A = null, B = "" }
  labels   = { A = null, B = "" }
}
