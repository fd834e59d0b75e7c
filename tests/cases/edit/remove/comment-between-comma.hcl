# $ remove app.tags=a
target "app" {
  tags = ["a" /* one */, "b" /* two */]
}
# --- after
target "app" {
  tags = ["b" /* two */]
}
