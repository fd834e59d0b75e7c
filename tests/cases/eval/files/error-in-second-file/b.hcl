
target "other" {
  tags = [nope]
}
