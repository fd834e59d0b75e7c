target "default" {
  inherits = ["default"]
  tags     = ["x"]
}
