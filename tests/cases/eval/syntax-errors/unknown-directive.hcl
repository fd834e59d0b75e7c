x = "%{foo}"
target "default" {}
