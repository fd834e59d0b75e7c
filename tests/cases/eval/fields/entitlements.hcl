target "default" {
  entitlements = ["security.insecure", "network.host", "security.insecure"]
}
