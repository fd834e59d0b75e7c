target "default" {
  cache-from = ["type=registry", "type=registry,ref="]
}
