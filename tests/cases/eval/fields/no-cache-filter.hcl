target "default" {
  no-cache-filter = ["build", "", "test", "build"]
}
