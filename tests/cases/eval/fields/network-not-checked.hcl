target "default" {
  network      = "nope"
  entitlements = ["nope"]
}
