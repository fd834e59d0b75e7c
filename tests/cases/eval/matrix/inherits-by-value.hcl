target "_slim" {
  args = { BASE = "slim" }
}

target "_full" {
  args = { BASE = "full" }
}

target "default" {
  name     = "app-${kind}"
  inherits = ["_${kind}"]
  matrix   = { kind = ["slim", "full"] }
}
