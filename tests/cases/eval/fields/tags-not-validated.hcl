target "default" {
  tags = ["UPPER case!", "a:b:c", " "]
}
