target "default" {
  cache-from = [{ ref = "acme/app" }]
}
