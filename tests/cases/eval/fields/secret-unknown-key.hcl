target "default" {
  secret = ["id=a,envv=A"]
}
