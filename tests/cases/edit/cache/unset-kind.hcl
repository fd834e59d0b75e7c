# $ cache unset gha app
target "app" {
  cache-from = [
    "type=gha,scope=a",
    "acme/app:cache",
  ]
  cache-to = ["type=gha"]
}
# --- after
target "app" {
  cache-from = [
    "acme/app:cache",
  ]
}
