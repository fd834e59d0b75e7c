target "default" {
  cache-to = ["type=registry,\"ref=a,b\",mode=max"]
}
