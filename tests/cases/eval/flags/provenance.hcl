# $ print --provenance=true
# $ print --provenance=false
# $ print --provenance=mode=max
# $ print --provenance mode=min,inline-only=true
target "default" {
  attest = ["type=provenance,mode=max,builder-id=b"]
}
