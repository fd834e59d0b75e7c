target "default" {
  tags = ["x"]
}