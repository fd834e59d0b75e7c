# $ print app
group "app" {
  targets = ["app-b"]
}

target "app" {
  name   = "app-${v}"
  matrix = { v = ["a", "b"] }
}
