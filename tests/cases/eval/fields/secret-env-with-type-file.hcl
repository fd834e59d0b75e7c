target "default" {
  secret = ["id=a,env=B,type=file"]
}
