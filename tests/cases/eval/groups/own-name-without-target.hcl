# $ print g
group "g" {
  targets = ["g", "x"]
}

target "x" {}
