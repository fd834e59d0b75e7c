group "default" {
  targets = ["app", "copy"]
}

target "app" {
  tags = ["acme/app:1", "acme/app:latest"]
}

target "copy" {
  tags = target.app.tags
  args = { FIRST = target.app.tags[0], COUNT = length(target.app.tags) }
}
