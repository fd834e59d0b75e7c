target "default" {
  secret = [["id=a"]]
}
