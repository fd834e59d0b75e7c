group "default" {
  targets = ["a", null]
}

target "a" {}
