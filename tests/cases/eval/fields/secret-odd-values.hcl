target "default" {
  secret = ["id=a,env=B ", { id = 1, env = true }, "id=c,id=d,env=E"]
}
