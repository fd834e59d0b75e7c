group "default" {
  targets = ["apps", "lint"]
}

group "apps" {
  description = "what runs"
  targets     = ["web"]
}

target "web" {}

target "lint" {}
