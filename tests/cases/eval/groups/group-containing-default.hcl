# $ print all
group "default" {
  targets = ["b"]
}

group "all" {
  targets = ["default"]
}

target "b" {}
