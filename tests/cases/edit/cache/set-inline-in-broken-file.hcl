# $ cache set inline app
target "app" {
  tags = ["acme/app"
}
# --- says
docker-bake.hcl:2:10: error: this bracket is never closed [syntax]
2 |   tags = ["acme/app"
  |          ^ help: add the missing "]"
docker-bake.hcl:3:1: note: "]" seems to be missing before this
