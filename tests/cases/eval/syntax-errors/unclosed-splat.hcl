# place: 2 the bracket that is never closed
x = a[*.b
target "default" {}
