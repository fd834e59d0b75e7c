# $ print g
group "g" {
  targets = ["h"]
}

group "h" {
  targets = ["default"]
}

group "default" {
  targets = ["x"]
}

target "x" {}
