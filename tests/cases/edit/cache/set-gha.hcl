# $ cache set gha app web
target "app" {
  tags = ["acme/app"]
}
target "web" {
  cache-from = ["type=gha,scope=web"]
  cache-to   = ["type=gha,scope=web,mode=min,timeout=5m"]
}
# --- after
target "app" {
  tags = ["acme/app"]
  cache-from = ["type=gha,scope=app-app"]
  cache-to = ["type=gha,scope=app-app,mode=max,ignore-error=true"]
}
target "web" {
  cache-from = ["type=gha,scope=web"]
  cache-to   = ["type=gha,scope=web,mode=min,timeout=5m,ignore-error=true"]
}
