target "app" {
  contexts = { base = "target:base" }
}
