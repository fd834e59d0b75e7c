# $ add app.cache-from=scope=a,type=gha
target "app" {
  cache-from = [{ type = "gha", scope = "a" }]
}
