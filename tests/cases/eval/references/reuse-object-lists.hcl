target "t" {
  output     = ["type=image,push=true"]
  cache-from = ["acme/app"]
  secret     = ["id=a,env=A"]
  attest     = ["type=sbom"]
}

target "default" {
  output     = target.t.output
  cache-from = target.t.cache-from
  cache-to   = target.t.cache-from
  secret     = target.t.secret
  attest     = target.t.attest
}
