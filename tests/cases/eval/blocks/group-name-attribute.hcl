# place: 3 the attribute, not the group
group "default" {
  name    = "x"
  targets = ["a"]
}

target "a" {}
