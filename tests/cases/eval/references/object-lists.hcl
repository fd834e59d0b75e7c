target "t" {
  output     = ["type=image,push=true", "type=local,dest=d"]
  cache-from = ["acme/app", "type=gha,scope=s"]
  attest     = ["type=provenance,disabled=true", { type = "sbom" }]
  secret     = ["id=a,env=A"]
}

target "default" {
  args = {
    output     = jsonencode(target.t.output)
    cache-from = jsonencode(target.t.cache-from)
    attest     = jsonencode(target.t.attest)
    secret     = jsonencode(target.t.secret)
    push       = target.t.output[0].push
    dest       = target.t.output[0].dest
  }
}
