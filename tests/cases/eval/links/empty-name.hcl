target "default" {
  contexts = { a = "target:" }
}
