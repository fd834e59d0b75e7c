# $ print
# $ LATEST=3.12 REGISTRY=ghcr.io/acme print 'py3-1*'
variable "REGISTRY" {
  default = "docker.io/acme"
}

variable "LATEST" {
  default = "3.13"
}

variable "VERSIONS" {
  type    = list(string)
  default = ["3.11", "3.12", "3.13"]
}

function "major_minor" {
  params = [version]
  result = join(".", slice(split(".", version), 0, 2))
}

function "tags" {
  params = [version]
  result = compact([
    "${REGISTRY}/python:${major_minor(version)}",
    version == LATEST ? "${REGISTRY}/python:latest" : "",
  ])
}

group "default" {
  targets = [for v in VERSIONS : "py${replace(v, ".", "-")}"]
}

target "py" {
  name   = "py${replace(version, ".", "-")}"
  matrix = { version = VERSIONS }
  args   = { PYTHON_VERSION = version }
  tags   = tags(version)
  cache-from = ["type=registry,ref=${REGISTRY}/cache:py${version}"]
  cache-to   = ["type=registry,ref=${REGISTRY}/cache:py${version},mode=max"]
}
