target "default" {
  output = setunion(["type=docker"], [])
}
