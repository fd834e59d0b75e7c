target "default" {
  annotations = ["foo"]
}
