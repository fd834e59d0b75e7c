target "base" {
  secret = ["id=a,env=A", "id=b,env=B"]
  attest = ["type=sbom", "type=provenance,mode=min"]
}

target "default" {
  inherits = ["base"]
  secret   = ["id=a,env=OTHER"]
  attest   = ["type=provenance,mode=max"]
}
