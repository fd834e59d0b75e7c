group "default" {
  targets = [1, true]
}

target "1" {}

target "true" {}
