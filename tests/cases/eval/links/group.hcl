group "g" {
  targets = ["a"]
}

target "a" {}

target "default" {
  contexts = { x = "target:g" }
}
