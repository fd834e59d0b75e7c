# $ remove app.tags=a
target "app" {
  tags = [
    "a" # first
    , "b" # second
  ]
}
# --- after
target "app" {
  tags = [
    "b" # second
  ]
}
