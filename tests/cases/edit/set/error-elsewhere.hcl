# $ set app.pull=true
target "app" {
}
target "other" {
  tags = [NOPE]
}
# --- after
target "app" {
  pull = true
}
target "other" {
  tags = [NOPE]
}
