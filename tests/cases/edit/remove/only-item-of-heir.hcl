# $ remove app.tags=a
target "base" {
  tags = ["base"]
}
target "app" {
  inherits = ["base"]
  tags = ["a"]
}
# --- after
target "base" {
  tags = ["base"]
}
target "app" {
  inherits = ["base"]
  tags = []
}
