target "base" {
  tags            = ["t"]
  cache-to        = ["type=inline"]
  output          = ["type=docker"]
  platforms       = ["linux/amd64"]
  cache-from      = ["c"]
  annotations     = ["a=b"]
  attest          = ["type=sbom"]
  secret          = ["id=s,env=S"]
  no-cache-filter = ["f"]
  ulimits         = ["core=1"]
  entitlements    = ["network.host"]
  args            = { A = 1 }
  labels          = { L = 1 }
}

target "default" {
  inherits        = ["base"]
  tags            = []
  cache-to        = []
  output          = []
  platforms       = []
  cache-from      = []
  annotations     = []
  attest          = []
  secret          = []
  no-cache-filter = []
  ulimits         = []
  entitlements    = []
  args            = {}
  labels          = {}
}
