target "default" {
  ssh = ["b=key.pem", "a=key.pem", "b=./key.pem"]
}
