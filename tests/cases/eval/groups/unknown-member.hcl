group "default" {
  targets = ["a", "zz"]
}

target "a" {}
