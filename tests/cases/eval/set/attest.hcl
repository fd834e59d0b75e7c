# $ print --set default.attest=type=sbom
# $ print --set default.attest+=type=sbom
# $ print --set default.attest=type=provenance,mode=min
# $ print --set default.attest=type=provenance,disabled=true
# $ print --set default.attest=nonsense
target "default" {
  attest = ["type=provenance,mode=max"]
}
