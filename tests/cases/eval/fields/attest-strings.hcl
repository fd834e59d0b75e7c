target "default" {
  attest = [
    "type=provenance,mode=max,builder-id=https://example.com/b",
    "type=sbom,disabled=true",
    "",
  ]
}
