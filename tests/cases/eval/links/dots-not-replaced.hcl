target "a_b" {}

target "default" {
  contexts = { x = "target:a.b" }
}
