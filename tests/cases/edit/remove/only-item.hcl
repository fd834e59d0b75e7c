# $ remove app.tags=a
target "app" {
  tags = [
    "a", # only
  ]
  pull = true
}
# --- after
target "app" {
  pull = true
}
