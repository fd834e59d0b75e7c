# $ print g a
group "g" {
  targets = ["z", "b"]
}

target "a" {}

target "b" {}

target "z" {}
