group "default" {
  name    = "x"
  targets = ["a"]
}

target "a" {}
