# $ add app.tags=acme/app:2 app.tags=acme/app:3
target "app" {
  tags = [ "acme/app:1" ]
}
# --- after
target "app" {
  tags = [ "acme/app:1", "acme/app:2", "acme/app:3" ]
}
