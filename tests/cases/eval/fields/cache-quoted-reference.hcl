target "default" {
  cache-from = ["\"c,d\""]
}
