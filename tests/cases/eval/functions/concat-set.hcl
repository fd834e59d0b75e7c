target "default" {
  tags = concat(["a"], setunion(["b"], []))
}
