# $ print apps.web
group "apps_web" {
  targets = ["x"]
}

target "x" {}
