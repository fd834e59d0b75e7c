target "default" {
  platforms = 5
}
