target "default" {
  attest = ["type=provenance,disabled=zz"]
}
