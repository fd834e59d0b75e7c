# $ print g
group "g" {
  targets = ["z", "a", "z"]
}

target "z" {}

target "a" {}
