target "default" {
  labels = "a=b"
}
