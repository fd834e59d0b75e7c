target "default" {
  tags = [for v in 5 : v]
}
