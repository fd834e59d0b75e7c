# $ set app.cache-from.scope=app
target "app" {
  cache-from = ["type=gha,scope=a", "type=registry,ref=acme/app:cache"]
}
# --- says
docker-bake.hcl:2:16: error: "cache-from" of target "app" has 2 entries, and this does not say which [ambiguous-entry]
2 |   cache-from = ["type=gha,scope=a", "type=registry,ref=acme/app:cache"]
  |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  | help: write app.cache-from.gha.scope=VALUE
