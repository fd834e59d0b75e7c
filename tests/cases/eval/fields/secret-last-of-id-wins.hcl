target "default" {
  secret = ["id=a,env=A", "id=b,env=B", "id=a,env=C"]
}
