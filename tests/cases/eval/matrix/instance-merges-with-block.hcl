group "default" {
  targets = ["app"]
}

target "app" {
  name   = "app-${v}"
  matrix = { v = ["a", "b"] }
  args   = { V = v }
}

target "app-b" {
  args = { extra = "b only" }
  tags = ["b"]
}
