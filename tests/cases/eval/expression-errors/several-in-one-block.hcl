target "default" {
  tags = [nope]
}

target "other" {
  tags = [upper()]
}
