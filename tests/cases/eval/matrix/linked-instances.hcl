group "default" {
  targets = ["app"]
}

target "base" {
  name   = "base-${v}"
  matrix = { v = ["a", "b"] }
}

target "app" {
  name     = "app-${v}"
  matrix   = { v = ["a", "b"] }
  contexts = { base = "target:base-${v}" }
}
