# $ print --set g.tags=x
group "default" {
  targets = ["a"]
}

group "g" {
  targets = ["a"]
}

target "a" {}
