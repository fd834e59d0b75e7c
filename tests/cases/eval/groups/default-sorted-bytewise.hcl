group "default" {
  targets = ["z", "B", "a", "10", "9", "_x", "a-b", "ab"]
}

target "z" {}

target "B" {}

target "a" {}

target "10" {}

target "9" {}

target "_x" {}

target "a-b" {}

target "ab" {}
