target "a_b" {}

target "default" {
  inherits = ["a.b"]
}
