unused = nope

target "default" {}
