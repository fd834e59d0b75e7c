variable "REGISTRIES" {
  default = "docker.io,ghcr.io"
}

function "tags" {
  params = [name, versions]
  result = flatten([
    for registry in split(",", REGISTRIES) : [
      for v in versions : registry == "docker.io" ? "${name}:${v}" : "${registry}/${name}:${v}"
      if v != ""
    ]
  ])
}

target "default" {
  tags = tags("acme/app", ["latest", "", "1.2"])
}
