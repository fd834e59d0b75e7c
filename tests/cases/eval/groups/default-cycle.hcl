group "default" {
  targets = ["g", "x"]
}

group "g" {
  targets = ["default"]
}

target "x" {}
