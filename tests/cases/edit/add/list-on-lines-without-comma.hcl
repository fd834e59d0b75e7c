# $ add app.tags=acme/app:2
target "app" {
  tags = [
    "acme/app:1" # first
    # end of list
  ]
}
# --- after
target "app" {
  tags = [
    "acme/app:1", # first
    "acme/app:2"
    # end of list
  ]
}
