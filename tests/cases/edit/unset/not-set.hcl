# $ unset app.args.VERSIONS
target "app" {
  args = {
    VERSION = "1"
  }
}
# --- says
info: app.args.VERSIONS is not set, and nothing is removed [not-set]
help: did you mean "VERSION"?
