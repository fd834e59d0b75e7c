target "default" {
  attest = [
    { type = "provenance", mode = "max", version = 1 },
    { type = "sbom", disabled = false, generator = "acme/scanner" },
  ]
}
