# $ print
# $ VERSIONS_JSON='{"node":{"tag":"22","digest":"sha256:aa"}}' print
variable "VERSIONS" {
  type = map(object({
    tag    = string
    digest = optional(string)
  }))
  default = {
    node   = { tag = "20" }
    alpine = { tag = "3.20", digest = "sha256:bb" }
  }
}

target "default" {
  contexts = {
    for name, v in VERSIONS :
    name => "docker-image://${name}:${v.tag}${v.digest == null ? "" : "@${v.digest}"}"
  }
  args = { for name, v in VERSIONS : "${upper(name)}_VERSION" => v.tag }
}
