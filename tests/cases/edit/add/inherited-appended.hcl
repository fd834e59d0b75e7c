# $ add app.cache-from=type=gha,scope=app
target "base" {
  cache-from = ["type=gha,scope=base"]
}
target "app" {
  inherits = ["base"]
}
# --- after
target "base" {
  cache-from = ["type=gha,scope=base"]
}
target "app" {
  inherits = ["base"]
  cache-from = ["type=gha,scope=app"]
}
