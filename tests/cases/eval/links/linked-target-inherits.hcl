target "_common" {
  labels = { l = 1 }
}

target "base" {
  inherits = ["_common"]
}

target "default" {
  inherits = ["_common"]
  contexts = { base = "target:base" }
}
