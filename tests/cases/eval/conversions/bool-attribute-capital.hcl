target "default" {
  no-cache = "True"
}
