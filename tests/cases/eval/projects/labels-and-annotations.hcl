# $ print
# $ GITHUB_SHA=abc REVISION_LABEL=1 print
variable "GITHUB_SHA" {
  default = ""
}

variable "VERSION" {
  default = "1.0.0"
}

labels = {
  "org.opencontainers.image.title"    = "service"
  "org.opencontainers.image.version"  = VERSION
  "org.opencontainers.image.revision" = GITHUB_SHA == "" ? null : GITHUB_SHA
}

function "annotations" {
  params          = [labels]
  variadic_params = levels
  result          = [for k, v in labels : "${join(",", levels)}:${k}=${v}" if v != null]
}

target "default" {
  labels      = labels
  annotations = annotations(labels, "index", "manifest")
  tags        = ["acme/service:${VERSION}"]
}
