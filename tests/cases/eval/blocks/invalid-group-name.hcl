target "default" {}

group "a b" {
  targets = ["default"]
}
