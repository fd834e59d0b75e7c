target "default" {
  ssh = [
    { id = "key", paths = ["key.pem"] },
    "other=key.pem",
  ]
}
