# $ print --set app.args.V=1
target "app" {
  name   = "app-${v}"
  matrix = { v = ["a", "b"] }
}

group "default" {
  targets = ["app"]
}
