group "default" {
  targets = ["app"]
}

target "app" {
  name   = "other"
  matrix = { v = ["a"] }
  args   = { V = v }
}

target "other" {
  args = { OWN = 1 }
}
