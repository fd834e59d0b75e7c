target "default" {
  ssh = ["key=key.pem", "two=key.pem,other.pem", ""]
}
