# $ set app.cache-from.insecure=true
target "app" {
  cache-from = ["acme/app:cache"]
}
# --- after
target "app" {
  cache-from = ["type=registry,ref=acme/app:cache,insecure=true"]
}
