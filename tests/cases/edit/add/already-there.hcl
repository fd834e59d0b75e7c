# $ add app.tags=acme/app:1
target "app" {
  tags = ["acme/app:1"]
}
