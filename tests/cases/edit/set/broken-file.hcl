# $ set app.pull=true
target "app" {
  tags = ["a"
}
# --- says
docker-bake.hcl:2:10: error: this bracket is never closed [syntax]
2 |   tags = ["a"
  |          ^ help: add the missing "]"
docker-bake.hcl:3:1: note: "]" seems to be missing before this
