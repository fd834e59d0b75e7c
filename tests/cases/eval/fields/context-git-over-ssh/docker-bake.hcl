target "a" {
  context = "git@github.com:acme/app.git#main//x"
  ssh     = ["default=key.pem"]
}

target "b" {
  context = "ssh://host/a//b"
  ssh     = ["default=key.pem"]
}
