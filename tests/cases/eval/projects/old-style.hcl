# $ print app
# $ TAG=9 print app-dev
variable "TAG" {
  default = "latest"
}

group "default" {
  targets = ["app", "app-dev"]
}

group "app" {
  targets = ["app", "db"]
}

target "app" {
  dockerfile = "Dockerfile.webapp"
  tags = ["docker.io/username/webapp:${TAG}"]
}

target "app-dev" {
  inherits = ["app"]
  dockerfile = "Dockerfile.webapp.dev"
  tags = ["docker.io/username/webapp:${TAG}-dev"]
  labels = {
    type = "dev"
  }
}

target "db" {
  dockerfile = "Dockerfile.db"
  tags = ["docker.io/username/db"]
}
