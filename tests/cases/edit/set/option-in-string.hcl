# $ set app.cache-to.scope=app app.cache-to.mode=max
target "app" {
  cache-to = ["type=gha,mode=min,ignore-error=true"] # ci
}
# --- after
target "app" {
  cache-to = ["type=gha,mode=max,ignore-error=true,scope=app"] # ci
}
