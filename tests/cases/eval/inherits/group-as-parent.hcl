group "g" {
  targets = ["a"]
}

target "a" {}

target "default" {
  inherits = ["g"]
}
