# $ cache set gha app
target "app" {
}
target "web" {
  cache-to = [
    { type = "gha", scope = "web" },
  ]
}
# --- after
target "app" {
  cache-from = [{ type = "gha", scope = "app-app" }]
  cache-to = [{ type = "gha", scope = "app-app", mode = "max", ignore-error = "true" }]
}
target "web" {
  cache-to = [
    { type = "gha", scope = "web" },
  ]
}
