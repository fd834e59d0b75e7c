# $ print
# $ print app-release
target "docker-metadata-action" {
  tags = ["app:local"]
}

target "app" {
  context = "."
}

target "app-release" {
  inherits  = ["app", "docker-metadata-action"]
  platforms = ["linux/amd64", "linux/arm64"]
}

group "default" {
  targets = ["app"]
}
