# $ set app.args=1
target "app" {
}
# --- says
error: "app.args" is a map, and this does not say which entry [bad-key]
help: write app.args.NAME=VALUE
