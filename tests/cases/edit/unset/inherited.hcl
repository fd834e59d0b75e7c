# $ unset app.args.VERSION
target "base" {
  args = {
    VERSION = "1"
  }
}
target "app" {
  inherits = ["base"]
}
# --- says
info: app.args.VERSION is not set, and nothing is removed [not-set]
help: it is inherited from "base": change base.args
