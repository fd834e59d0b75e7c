group "default" {
  targets = ["app"]
}

target "app" {
  name   = "app-${v}"
  matrix = { v = [] }
}
