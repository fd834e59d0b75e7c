# $ set app.pull=maybe
target "app" {
  pull = false
}
# --- says
error: "pull" is true or false, and "maybe" is neither [bad-value]
