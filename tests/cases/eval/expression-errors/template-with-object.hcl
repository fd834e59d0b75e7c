target "default" {
  tags = ["app-${{ a = 1 }}"]
}
