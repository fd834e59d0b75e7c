target "x" { a }
target "default" {}
