target "base" {}

target "_parent" {
  contexts = { base = "target:base" }
}

target "default" {
  inherits = ["_parent"]
  contexts = { base = "" }
}
