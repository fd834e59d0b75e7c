target "default" {
  ssh = ["a=key.pem"]
}
