target "default" {
  secret = ["env=TOKEN"]
}
