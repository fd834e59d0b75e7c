target "default" {
  attest = ["sbom"]
}
