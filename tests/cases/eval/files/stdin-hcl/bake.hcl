target "default" {
  tags = ["stdin"]
}
