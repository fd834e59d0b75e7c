# $ print all
group "all" {
  targets = ["apps", "tools"]
}

group "apps" {
  targets = ["web", "api"]
}

group "tools" {
  targets = ["lint", "web"]
}

target "web" {}

target "api" {}

target "lint" {}
