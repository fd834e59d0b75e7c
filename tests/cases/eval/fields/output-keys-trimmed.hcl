target "default" {
  output     = ["type=docker, Dest=x.tar"]
  cache-from = ["type=local, SRC=x"]
  attest     = ["type=provenance, Mode=max"]
}
