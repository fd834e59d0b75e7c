# $ unset app.dockerfile
target "app" {
  dockerfile = "Dockerfile"
}
# --- after
target "app" {}
