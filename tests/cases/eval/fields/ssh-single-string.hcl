target "default" {
  ssh = "default"
}
