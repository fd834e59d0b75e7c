target "default" {
  tags = ["ÿ"]
}
