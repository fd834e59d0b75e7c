# $ remove app.tags=b
target "app" {
  tags = ["a", "b", "c"]
}
# --- after
target "app" {
  tags = ["a", "c"]
}
