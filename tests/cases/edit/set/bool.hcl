# $ set app.pull=1 app.no-cache=false
target "app" {
  pull = false
}
# --- after
target "app" {
  pull = true
  no-cache = false
}
