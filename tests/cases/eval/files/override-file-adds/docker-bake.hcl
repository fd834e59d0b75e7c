variable "TAG" {
  default = "dev"
}

group "default" {
  targets = ["app"]
}

target "app" {
  dockerfile = "Dockerfile"
  tags       = ["acme/app:${TAG}"]
  labels     = { stage = "dev", owner = "platform" }
}
