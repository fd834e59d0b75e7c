group "default" {
  targets = ["default", "other"]
}

target "default" {
  tags = ["d"]
}

target "other" {}
