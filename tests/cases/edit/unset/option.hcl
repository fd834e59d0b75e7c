# $ unset app.cache-to.mode
target "app" {
  cache-to = ["type=gha,mode=max,scope=a"]
}
# --- after
target "app" {
  cache-to = ["type=gha,scope=a"]
}
