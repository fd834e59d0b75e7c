# $ cache set gha app --option scope={project}-x --option timeout=5m --option ignore-error=
target "app" {
  cache-from = ["type=gha,scope=app"]
  cache-to   = ["type=gha,scope=app,mode=max,ignore-error=true"]
}
# --- after
target "app" {
  cache-from = ["type=gha,scope=app-x,timeout=5m"]
  cache-to   = ["type=gha,scope=app-x,mode=max,timeout=5m"]
}
