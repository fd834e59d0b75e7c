target "base" {
  tags = ["acme/base:1"]
}

target "default" {
  contexts = { base = "docker-image://${target.base.tags[0]}" }
}
