# $ set app.tags=acme/app:2
target "app" {
  tags = ["acme/app:0"]
}
target "app" {
  tags = ["acme/app:1"]
}
# --- after
target "app" {
  tags = ["acme/app:0"]
}
target "app" {
  tags = ["acme/app:2"]
}
