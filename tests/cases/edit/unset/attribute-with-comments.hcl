# $ unset app.dockerfile
target "app" {
  context = "."

  # the file
  # to build
  dockerfile = "Dockerfile" # yes

  tags = ["a"]
}
# --- after
target "app" {
  context = "."

  tags = ["a"]
}
