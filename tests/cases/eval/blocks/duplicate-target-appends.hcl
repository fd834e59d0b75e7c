target "default" {
  annotations     = ["a=1", "b=1"]
  attest          = ["type=sbom"]
  cache-from      = ["r1"]
  secret          = ["id=a,env=A"]
  no-cache-filter = ["x"]
  ulimits         = ["core=1"]
  entitlements    = ["network.host"]
}

target "default" {
  annotations     = ["b=1", "c=1"]
  attest          = ["type=provenance", "type=sbom,disabled=true"]
  cache-from      = ["r2", "r1"]
  secret          = ["id=b,env=B", "id=a,env=A2"]
  no-cache-filter = ["y", "x"]
  ulimits         = ["nofile=2"]
  entitlements    = ["security.insecure", "network.host"]
}
