# $ cache set local=.cache/{target} app
target "app" {
}
# --- after
target "app" {
  cache-from = ["type=local,src=.cache/app"]
  cache-to = ["type=local,dest=.cache/app,mode=max,ignore-error=true"]
}
