x = `a`
target "default" {}
