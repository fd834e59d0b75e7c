target "default" {
  description       = "every attribute that buildx prints"
  annotations       = ["index:org.opencontainers.image.title=app"]
  attest            = ["type=provenance,mode=max"]
  context           = "src"
  contexts          = { alpine = "docker-image://alpine:3" }
  dockerfile        = "Dockerfile.all"
  dockerfile-inline = "FROM scratch"
  args              = { A = "a" }
  labels            = { L = "l" }
  tags              = ["acme/app"]
  cache-from        = ["type=registry,ref=acme/cache"]
  cache-to          = ["type=registry,ref=acme/cache"]
  target            = "run"
  secret            = ["id=token,src=token.txt"]
  ssh               = ["key=key.pem"]
  platforms         = ["linux/amd64"]
  output            = ["type=image"]
  pull              = true
  no-cache          = true
  network           = "none"
  no-cache-filter   = ["build"]
  shm-size          = "128m"
  ulimits           = ["nofile=1024:2048"]
  call              = "check"
  entitlements      = ["security.insecure"]
  extra-hosts       = { db = "10.0.0.2" }
}
