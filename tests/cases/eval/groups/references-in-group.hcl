group "default" {
  targets = concat(group.base.targets, ["extra"])
}

group "base" {
  targets = ["a", "b"]
}

target "a" {}

target "b" {}

target "extra" {}
