TAG = "a"
target "default" {
  tags = [TAG]
}
