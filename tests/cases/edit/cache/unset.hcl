# $ cache unset app
target "app" {
  tags = ["a"]
  # from CI
  cache-from = ["type=gha"]
  cache-to = ["type=gha"]
}
# --- after
target "app" {
  tags = ["a"]
}
