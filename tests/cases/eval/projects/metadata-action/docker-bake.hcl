target "docker-metadata-action" {}

target "github-metadata-action" {}

group "default" {
  targets = ["image"]
}

target "image" {
  inherits = ["docker-metadata-action", "github-metadata-action"]
  context  = "./"
  args = {
    BUILD_VERSION = target.docker-metadata-action.args == null ? "dev" : lookup(target.docker-metadata-action.args, "DOCKER_META_VERSION", "unknown")
  }
  labels = { "com.example.own" = "yes" }
}
