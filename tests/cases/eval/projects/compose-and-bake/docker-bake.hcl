target "_release" {
  platforms = ["linux/amd64", "linux/arm64"]
  attest    = ["type=provenance,mode=max", "type=sbom"]
}

target "web" {
  inherits = ["_release"]
  args     = { EXTRA = "from bake" }
}
