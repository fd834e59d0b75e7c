# $ set app.cache-to.scope=app app.cache-to.mode=max
target "app" {
  cache-to = [
    {
      type = "gha"
      mode = "min"
    }
  ]
}
# --- after
target "app" {
  cache-to = [
    {
      type = "gha"
      mode = "max"
      scope = "app"
    }
  ]
}
