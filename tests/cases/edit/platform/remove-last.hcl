# $ platform remove linux/amd64 app
target "app" {
  platforms = ["linux/amd64"]
}
# --- says
docker-bake.hcl:2:15: error: linux/amd64 is the only platform of target "app" [last-platform]
2 |   platforms = ["linux/amd64"]
  |               ^^^^^^^^^^^^^^^ help: bakectl unset app.platforms, to build it for the builder's own platform
