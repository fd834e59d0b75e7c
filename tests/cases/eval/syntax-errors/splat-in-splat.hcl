x = a.*.b.*
target "default" {}
