# $ print a b c d
target "a" {
  attest = ["type=provenance,disabled=1"]
}

target "b" {
  attest = ["type=provenance,disabled=F"]
}

target "c" {
  attest = [{ type = "provenance", disabled = true }]
}

target "d" {
  attest = ["type=provenance,disabled=TRUE", "type=sbom,disabled=0"]
}
