# $ cache set gha app
target "app" {
  name = "app-${v}"
  matrix = {
    v = ["1", "2"]
  }
  cache-from = [{ type = "gha", scope = "main" }]
}
# --- after
target "app" {
  name = "app-${v}"
  matrix = {
    v = ["1", "2"]
  }
  cache-from = [{ type = "gha", scope = "main" }, { type = "gha", scope = "app-app-${v}" }]
  cache-to = [{ type = "gha", scope = "app-app-${v}", mode = "max", ignore-error = "true" }]
}
