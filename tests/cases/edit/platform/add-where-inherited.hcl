# $ platform add linux/arm/v7 app
target "base" {
  platforms = ["linux/amd64", "linux/arm64"]
}
target "app" {
  inherits = ["base"]
}
target "other" {
  inherits = ["base"]
}
# --- after
target "base" {
  platforms = ["linux/amd64", "linux/arm64", "linux/arm/v7"]
}
target "app" {
  inherits = ["base"]
}
target "other" {
  inherits = ["base"]
}
# --- says
docker-bake.hcl:2:15: info: the list of "base" is changed, which app, other inherit; --here changes only "app" [inherited-list]
2 |   platforms = ["linux/amd64", "linux/arm64"]
  |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
