group "default" {
  targets = setunion(["b"], ["a"])
}

target "a" {}

target "b" {}
