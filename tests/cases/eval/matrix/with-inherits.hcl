target "_common" {
  labels    = { team = "core" }
  platforms = ["linux/amd64", "linux/arm64"]
}

target "default" {
  name     = "app-${v}"
  inherits = ["_common"]
  matrix   = { v = ["a", "b"] }
  labels   = { variant = v }
}
