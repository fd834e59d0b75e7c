# $ group remove images
group "images" {
  targets = ["app"]
}

target "app" {
}
# --- after
target "app" {
}
