target "default" {
  secret = [
    { id = "token", env = "TOKEN" },
    { id = "file", src = "docker-bake.hcl", ignored = 1 },
    "id=string,env=S",
  ]
}
