target "base" {}

target "default" {
  inherits = "base"
}
