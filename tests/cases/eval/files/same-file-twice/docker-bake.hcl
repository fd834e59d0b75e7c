target "default" {
  cache-from  = ["type=registry,ref=acme/cache"]
  annotations = ["a=b"]
}
