group "default" {
  targets = ["app"]
}

target "app" {
  tags = ["a"]
  args = { from = "a", a = 1 }
}
