target "default" {
  description = 3.50
}
