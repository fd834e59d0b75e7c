target "default" {
  secret = ["id=a,type=vault"]
}
