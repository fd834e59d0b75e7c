target "default" {
  labels = { a = ["x"] }
}
