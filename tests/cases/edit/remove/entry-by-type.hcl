# $ remove app.cache-from=type=gha
target "app" {
  cache-from = [
    "type=gha,scope=a",
    "type=registry,ref=acme/app:cache",
    { type = "gha", scope = "b" }
  ]
}
# --- after
target "app" {
  cache-from = [
    "type=registry,ref=acme/app:cache"
  ]
}
