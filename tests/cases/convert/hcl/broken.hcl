target "default" {
  tags = [nope]
}
