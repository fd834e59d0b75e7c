target "default" {
  tags = [
    tag {}
  ]
}
