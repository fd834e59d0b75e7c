target "default" {
  contexts = { x = "target:x" }
}
