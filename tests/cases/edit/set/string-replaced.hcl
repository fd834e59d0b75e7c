# $ set app.dockerfile=Dockerfile.new
# head
target "app" {
  dockerfile = "Dockerfile" # which one
  tags = ["acme/app"]
}
# --- after
# head
target "app" {
  dockerfile = "Dockerfile.new" # which one
  tags = ["acme/app"]
}
