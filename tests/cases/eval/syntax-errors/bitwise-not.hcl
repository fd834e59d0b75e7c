x = ~a
target "default" {}
