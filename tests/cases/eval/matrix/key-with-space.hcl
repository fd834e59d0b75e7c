target "default" {
  name   = "t"
  matrix = { "os name" = ["linux"] }
}
