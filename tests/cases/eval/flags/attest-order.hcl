# $ print --provenance=true --sbom=true
# $ print --sbom=true --provenance=mode=max --set default.attest=type=sbom,generator=x
target "default" {}
