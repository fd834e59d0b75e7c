target "default" {
  description = ["a"]
}
