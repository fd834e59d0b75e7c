target "c" {}
