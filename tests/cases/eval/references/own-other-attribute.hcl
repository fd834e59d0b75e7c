target "default" {
  tags   = ["acme/app:1.2"]
  labels = { image = target.default.tags[0] }
}
