target "base" {}

target "default" {
  context = "target:base"
}
