# $ set app.args.VERSION=2
target "app" {
  args = {
    "VERSION" = "1" # now
    OTHER     = null
  }
}
# --- after
target "app" {
  args = {
    "VERSION" = "2" # now
    OTHER     = null
  }
}
