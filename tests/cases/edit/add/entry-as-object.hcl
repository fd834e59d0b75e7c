# $ add app.cache-from=type=registry,ref=acme/app:cache
target "app" {
  cache-from = [
    { type = "gha", scope = "a" },
  ]
}
# --- after
target "app" {
  cache-from = [
    { type = "gha", scope = "a" },
    { type = "registry", ref = "acme/app:cache" },
  ]
}
