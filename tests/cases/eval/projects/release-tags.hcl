# $ print
# $ GITHUB_REF=refs/tags/v1.22.3 print
# $ GITHUB_REF=refs/tags/v2.0.0-rc.1 GITHUB_SHA=0123456789abcdef0123456789abcdef01234567 print
# $ GITHUB_REF=refs/heads/feature/x_y print
# $ GITHUB_REF=refs/pull/42/merge print
variable "GITHUB_REF" {
  default = "refs/heads/main"
}

variable "GITHUB_SHA" {
  default = ""
}

image   = "ghcr.io/acme/service"
version = try(regex("^refs/tags/v(?P<major>[0-9]+)\\.(?P<minor>[0-9]+)\\.(?P<patch>[0-9]+)(?P<pre>-.+)?$", GITHUB_REF), null)
stable  = try(version.pre == null, false)
branch  = try(regex("^refs/heads/(.+)$", GITHUB_REF)[0], "")
pull    = try(regex("^refs/pull/([0-9]+)/", GITHUB_REF)[0], "")

versions = version == null ? [] : concat(
  ["${version.major}.${version.minor}.${version.patch}${coalesce(version.pre, "")}"],
  stable ? ["${version.major}.${version.minor}", version.major, "latest"] : [],
)

others = [
  branch == "" ? "" : branch == "main" ? "edge" : sanitize(branch),
  pull == "" ? "" : "pr-${pull}",
  notequal("", GITHUB_SHA) ? "sha-${substr(GITHUB_SHA, 0, 7)}" : "",
]

target "default" {
  tags = [for tag in compact(concat(versions, others)) : "${image}:${tag}"]
  args = { STABLE = stable, BRANCH = branch }
}
