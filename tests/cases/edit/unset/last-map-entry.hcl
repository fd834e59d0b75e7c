# $ unset app.args.A
target "app" {
  args = {
    A = "1"
  }
}
# --- after
target "app" {}
