# $ add app.tags=acme/app:1
target "app" {
  context = "."
}
# --- after
target "app" {
  context = "."
  tags = ["acme/app:1"]
}
