# $ set all.tags=x
group "all" {
  targets = ["app"]
}
target "app" {
}
# --- says
docker-bake.hcl:1:7: error: "all" is a group, and only targets have settings [unknown-target]
1 | group "all" {
  |       ^^^^^ help: name its targets: app
