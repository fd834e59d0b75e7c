# $ remove app.tags=b
target "app" {
  tags = [
    "a"
    , "b" # second
    , "c"
  ]
}
# --- after
target "app" {
  tags = [
    "a"
    , "c"
  ]
}
