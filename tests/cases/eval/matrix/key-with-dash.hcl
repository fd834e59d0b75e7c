target "default" {
  name   = "t-${os-name}"
  matrix = { "os-name" = ["linux"] }
}
