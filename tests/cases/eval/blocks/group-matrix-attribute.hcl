# place: 3 the attribute, not the group
group "default" {
  matrix  = { v = ["1"] }
  targets = ["a"]
}

target "a" {}
