target "default" {
  contexts = { a = "target:b*" }
}

target "b1" {}
