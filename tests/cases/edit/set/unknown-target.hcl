# $ set ap.tags=x
target "app" {
}
# --- says
error: there is no target "ap" [unknown-target]
help: did you mean "app"?
