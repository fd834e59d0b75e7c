target "default" {}
