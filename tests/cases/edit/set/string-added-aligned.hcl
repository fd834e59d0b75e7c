# $ set app.target=release
target "app" {
  tags       = ["acme/app"]
  context    = "."
  dockerfile = "Dockerfile"
}
# --- after
target "app" {
  tags       = ["acme/app"]
  context    = "."
  dockerfile = "Dockerfile"
  target     = "release"
}
