# $ set app.tags=acme/app:2 app.tags=acme/app:latest
target "app" {
  tags = [
    "acme/app:1", # version
    "acme/app:latest", # moving
  ]
}
# --- after
target "app" {
  tags = [
    "acme/app:2", # version
    "acme/app:latest", # moving
  ]
}
