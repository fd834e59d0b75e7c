# $ add app.tags=acme/app:1
target "app" {
  tags = []
}
# --- after
target "app" {
  tags = ["acme/app:1"]
}
