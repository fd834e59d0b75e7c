# $ print
# $ print binary
# $ DESTDIR=./out VERSION=v1.4.2 print binary-cross image
# $ print validate
variable "GO_VERSION" {
  default = null
}

variable "DESTDIR" {
  default = "./bin"
}

variable "VERSION" {
  default = ""
}

# Special target: https://github.com/docker/metadata-action#bake-definition
target "meta-helper" {
  tags = ["acme/tool:local"]
}

target "_common" {
  args = {
    GO_VERSION                    = GO_VERSION
    BUILDKIT_CONTEXT_KEEP_GIT_DIR = 1
    VERSION                       = VERSION
  }
}

target "_platforms" {
  platforms = [
    "darwin/amd64",
    "darwin/arm64",
    "linux/amd64",
    "linux/arm/v6",
    "linux/arm/v7",
    "linux/arm64",
    "linux/ppc64le",
    "windows/amd64",
  ]
}

group "default" {
  targets = ["binary"]
}

group "validate" {
  targets = ["lint", "validate-vendor", "validate-docs"]
}

target "lint" {
  inherits   = ["_common"]
  dockerfile = "./hack/dockerfiles/lint.Dockerfile"
  output     = ["type=cacheonly"]
}

target "validate-vendor" {
  inherits   = ["_common"]
  dockerfile = "./hack/dockerfiles/vendor.Dockerfile"
  target     = "validate"
  output     = ["type=cacheonly"]
}

target "validate-docs" {
  inherits        = ["_common"]
  dockerfile      = "./hack/dockerfiles/docs.Dockerfile"
  target          = "validate"
  output          = ["type=cacheonly"]
  no-cache-filter = ["validate"]
}

target "binary" {
  inherits = ["_common"]
  target   = "binaries"
  output   = ["${DESTDIR}/build"]
  platforms = ["local"]
}

target "binary-cross" {
  inherits  = ["binary", "_platforms"]
  output    = ["${DESTDIR}/cross"]
}

target "image" {
  inherits = ["meta-helper", "binary"]
  output   = ["type=image"]
}
