# $ set app.target=release
target "app" {
  context    = "."
  dockerfile = "Dockerfile"

  # nested
  args = {
    A = "1"
  }
}
# --- after
target "app" {
  context    = "."
  dockerfile = "Dockerfile"

  # nested
  args = {
    A = "1"
  }
  target = "release"
}
