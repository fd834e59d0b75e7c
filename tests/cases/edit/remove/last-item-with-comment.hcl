# $ remove app.tags=c
target "app" {
  tags = [
    "a", # the a
    "b", # the b
    "c"  # the c
  ]
}
# --- after
target "app" {
  tags = [
    "a", # the a
    "b" # the b
  ]
}
