target "x" { validation {} }
target "default" {}
