target "base" {
  annotations     = ["a=1", "b=1"]
  cache-from      = ["type=gha"]
  attest          = ["type=sbom"]
  secret          = ["id=a,env=A"]
  no-cache-filter = ["x"]
  entitlements    = ["security.insecure"]
  ulimits         = ["core=1"]
}

target "default" {
  inherits        = ["base"]
  annotations     = ["c=1", "a=1"]
  cache-from      = ["type=local,src=c"]
  attest          = ["type=provenance,mode=max"]
  secret          = ["id=b,env=B"]
  no-cache-filter = ["y"]
  entitlements    = ["network.host"]
  ulimits         = ["nofile=1"]
}
