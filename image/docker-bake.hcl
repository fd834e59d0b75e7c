variable "REGISTRY" {
  description = "Where the image is pushed: a registry and a namespace"
  type        = string
  default     = "ghcr.io/bakectl"
}

variable "TAG" {
  description = "Tag of the image"
  type        = string
  default     = "latest"
}

variable "PYTHON_VERSION" {
  description = "Python that runs bakectl"
  type        = string
  default     = "3.13"
}

group "default" {
  targets = ["bakectl"]
}

target "bakectl" {
  description = "bakectl, with the command line of docker and buildx"
  context     = "."
  dockerfile  = "image/Dockerfile"
  platforms   = ["linux/amd64", "linux/arm64"]
  tags        = ["${REGISTRY}/bakectl:${TAG}"]

  args = {
    PYTHON_VERSION = PYTHON_VERSION
  }

  labels = {
    "org.opencontainers.image.title"       = "bakectl"
    "org.opencontainers.image.description" = "Manage docker-bake.hcl: read it as buildx does, bake it, and see what it means"
    "org.opencontainers.image.source"      = "https://github.com/bakectl/bakectl"
    "org.opencontainers.image.licenses"    = "Apache-2.0"
    "org.opencontainers.image.version"     = TAG
  }
}
