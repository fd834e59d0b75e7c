target "default" {
  ulimits = ["nofile=a"]
}
