group "default" {
  targets = ["b", "a", "b", "a"]
}

target "a" {}

target "b" {}
