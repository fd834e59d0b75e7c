# $ print --sbom=true
# $ print --sbom=false
# $ print --sbom=generator=acme/scanner
# $ print --sbom=true --provenance=false
# $ print --sbom=1
target "default" {}
