variable "VERSION" {
  default = "1.2.3"
}

group "default" {
  targets = ["web", "api"]
}

target "_common" {
  platforms = ["linux/amd64", "linux/arm64"]
  labels = {
    "org.opencontainers.image.version" = VERSION
  }
  args = {
    VERSION                       = VERSION
    BUILDKIT_CONTEXT_KEEP_GIT_DIR = 1
  }
}

target "web" {
  inherits = ["_common"]
  target   = "web"
  tags     = ["acme/web:${VERSION}"]
}

target "api" {
  inherits  = ["_common"]
  target    = "api"
  tags      = ["acme/api:${VERSION}"]
  platforms = ["linux/amd64"]
}
