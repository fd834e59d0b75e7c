target "app" {
  name   = "app-${v}"
  matrix = { v = [] }
}

target "default" {}
