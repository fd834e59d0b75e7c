group "g" {
  targets = []
}

group "default" {
  targets = ["g", "a"]
}

target "a" {}
