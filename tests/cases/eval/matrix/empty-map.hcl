target "default" {
  matrix = {}
  tags   = ["one"]
}
