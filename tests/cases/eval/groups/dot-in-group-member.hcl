group "default" {
  targets = ["app.web"]
}

target "app_web" {}
