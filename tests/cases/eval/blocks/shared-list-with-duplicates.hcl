target "default" {
  cache-from = ["type=gha", "type=gha"]
  output     = ["type=docker", "type=docker"]
}
