target "default" {
  no-cache = [true]
}
