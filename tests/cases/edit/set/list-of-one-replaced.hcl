# $ set app.tags=acme/app:2
target "app" {
  tags = ["acme/app:1"] // the tag
}
# --- after
target "app" {
  tags = ["acme/app:2"] // the tag
}
