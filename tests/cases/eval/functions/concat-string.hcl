target "default" {
  tags = concat(["a"], "b")
}
