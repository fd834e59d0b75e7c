# $ set app.cache-from.gha.scope=app
target "app" {
  cache-from = ["type=gha,scope=a", "type=registry,ref=acme/app:cache"]
}
# --- after
target "app" {
  cache-from = ["type=gha,scope=app", "type=registry,ref=acme/app:cache"]
}
