# $ set app.labels.org.opencontainers.image.title=App
target "app" {
  args = {
    A = "1"
  }
  tags = ["acme/app"]
}
# --- after
target "app" {
  args = {
    A = "1"
  }
  labels = {
    "org.opencontainers.image.title" = "App"
  }
  tags = ["acme/app"]
}
