target "default" {
  tags = ["from-hcl"]
}
