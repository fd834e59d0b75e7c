target "base" {
  tags = ["acme/app:latest"]
}

target "default" {
  inherits = ["base"]
  tags     = concat(target.base.tags, ["acme/app:extra"])
}
