# $ cache set gh app
target "app" {
}
# --- says
error: there is no cache "gh" [bad-cache]
help: did you mean "gha"?
