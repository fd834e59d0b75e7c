target "app" {
  name   = "app-${replace(v, ".", "-")}"
  matrix = { v = ["1.0", "2.0"] }
  args   = { V = v }
  tags   = ["acme/app:${v}"]
}

group "default" {
  targets = ["app"]
}
