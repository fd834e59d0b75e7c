# $ print default extra
# $ print extra default
group "default" {
  targets = ["b", "a"]
}

target "a" {}

target "b" {}

target "extra" {}
