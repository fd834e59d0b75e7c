target "default" {
  secret = ["token"]
}
