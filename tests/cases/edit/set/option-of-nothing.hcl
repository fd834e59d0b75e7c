# $ set app.cache-to.scope=app
target "base" {
  cache-to = ["type=gha"]
}
target "app" {
  inherits = ["base"]
}
# --- says
docker-bake.hcl:4:8: error: target "app" does not set "cache-to", so there is no entry to change [not-set]
4 | target "app" {
  |        ^^^^^ help: it is inherited from "base": change base.cache-to
