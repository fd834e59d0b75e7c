target "default" {
  attest = [{ type = "sbom", disabled = "x" }]
}
