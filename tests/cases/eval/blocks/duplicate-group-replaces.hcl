group "default" {
  targets     = ["a"]
  description = "first"
}

group "default" {
  targets = ["b"]
}

target "a" {}

target "b" {}
