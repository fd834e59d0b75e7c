target "x" {
target "default" {}
