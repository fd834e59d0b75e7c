# $ set app.plattforms=linux/amd64
target "app" {
}
# --- says
error: a target has no "plattforms" [unknown-attribute]
help: did you mean "platforms"?
