target "base" {
  tags = ["app:1", "app:2"]
}

target "default" {
  tags = [for t in target.base.tags : "ghcr.io/acme/${t}"]
  args = { T = join(";", target.base.tags) }
}
