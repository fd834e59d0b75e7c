# $ cache set gha app
target "base" {
  cache-to = ["type=gha,mode=max"]
}
target "app" {
  inherits = ["base"]
}
# --- after
target "base" {
  cache-to = ["type=gha,mode=max"]
}
target "app" {
  inherits = ["base"]
  cache-from = ["type=gha,scope=app-app"]
  cache-to = ["type=gha,scope=app-app,mode=max,ignore-error=true"]
}
