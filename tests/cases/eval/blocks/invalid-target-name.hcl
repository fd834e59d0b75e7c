target "default" {}

target "a.b" {}
