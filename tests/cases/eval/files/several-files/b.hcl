target "app" {
  tags = ["b"]
  args = { from = "b", b = 1 }
}
