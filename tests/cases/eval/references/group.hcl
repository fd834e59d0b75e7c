group "g" {
  targets     = ["a", "b"]
  description = "d"
}

target "a" {}

target "b" {}

target "default" {
  args = { targets = join(" ", group.g.targets), description = group.g.description }
}
