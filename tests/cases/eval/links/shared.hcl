group "default" {
  targets = ["web", "api"]
}

target "base" {}

target "web" {
  contexts = { base = "target:base" }
}

target "api" {
  contexts = { base = "target:base" }
}
