group "default" {
  targets = ["a*"]
}

target "ab" {}
