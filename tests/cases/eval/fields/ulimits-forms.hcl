target "default" {
  ulimits = ["nofile=-1:-1", "core=-1"]
}
