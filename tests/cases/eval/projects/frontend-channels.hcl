# $ print
# $ CHANNEL=labs TAG=1.7.0-labs print
# $ CHANNEL=nope print
variable "CHANNEL" {
  default = "mainline"
  validation {
    condition     = contains(["mainline", "labs", "test"], CHANNEL)
    error_message = "CHANNEL must be mainline, labs or test, not ${CHANNEL}."
  }
}

variable "TAG" {
  default = ""
}

tags = {
  mainline = ["acme/frontend:latest", "acme/frontend:1"]
  labs     = ["acme/frontend:labs"]
  test     = []
}

build-tags = lookup({ labs = "dfrunsecurity dfparents" }, CHANNEL, "")

target "default" {
  dockerfile = "./frontend/Dockerfile"
  args       = { CHANNEL = CHANNEL, BUILDTAGS = build-tags != "" ? build-tags : null }
  tags       = concat(tags[CHANNEL], TAG != "" ? ["acme/frontend:${TAG}"] : [])
  platforms  = ["linux/amd64", "linux/arm64", "linux/s390x"]
  attest = [
    "type=provenance,mode=max",
    { type = "sbom", disabled = CHANNEL == "test" },
  ]
}
