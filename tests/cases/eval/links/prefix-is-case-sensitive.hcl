target "default" {
  contexts = { a = "TARGET:b", c = " target:b" }
}

target "b" {}
