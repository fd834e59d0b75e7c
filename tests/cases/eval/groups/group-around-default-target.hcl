# $ print g
# $ print g default
group "g" {
  targets = ["default"]
}

target "default" {}
