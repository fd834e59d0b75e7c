target "default" {
  tags = ["b", "a", "b", "", "ghcr.io/acme/app:1.2"]
}
