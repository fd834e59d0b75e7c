group "default" {
  description = "everything"
  targets     = ["a", "b"]
}
target "a" {}
target "b" {}
