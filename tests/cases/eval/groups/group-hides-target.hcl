# $ print app
group "app" {
  targets = ["db"]
}

target "app" {}

target "db" {}
