target "default" {
  attest = ["type=sbom", "type=provenance", "type=sbom,disabled=true"]
}
